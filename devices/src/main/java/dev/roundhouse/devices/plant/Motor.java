package dev.roundhouse.devices.plant;

import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import java.util.function.IntToDoubleFunction;

/**
 * A motor behind a bridge, and the encoder on its shaft. Its speed follows duty and direction with
 * a first-order lag, reckoned every virtual millisecond; in between it is constant, and each edge
 * of the encoder comes at the nanosecond at which the shaft gets there. A motor at rest costs
 * nothing.
 */
public final class Motor {
  private static final long STEP_NANOS = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Below so many edges a second a motor without drive is at rest. */
  private static final double REST = 1;

  /** The encoder's lines over four edges forwards, A in bit 1 and B in bit 0. */
  private static final int[] PHASES = {0b00, 0b10, 0b11, 0b01};

  private final MotorPlan plan;
  private final VirtualClock clock;
  private final Alarm alarm;
  private final double kept;
  private Wires wires = new Wires(pin -> 0, (pin, level) -> {});
  private long edges;

  /** Where the shaft is, in edges: from {@link #edges} to one more. */
  private double position;

  /** Edges a second. */
  private double speed;

  private long movedTo;
  private long stepEnd;
  private boolean turns;

  /** The board's pins as the motor sees them. */
  private record Wires(IntToDoubleFunction duty, Output output) {}

  private interface Output {
    void drive(int pin, Level level);
  }

  Motor(MotorPlan plan, VirtualClock clock, Agenda agenda) {
    this.plan = plan;
    this.clock = clock;
    this.alarm = agenda.alarm("motor", this::due);
    this.kept = StrictMath.exp(-STEP_NANOS / (plan.timeConstantMillis() * NANOS_PER_MILLI));
  }

  /** Wires it to a board's pins, in place of those that it was wired to. */
  public void connect(Gpio pins) {
    wires = new Wires(pins::duty, pins::drive);
    MotorPlan.Wiring at = plan.wiring();
    for (int pin : new int[] {at.pwm(), at.forward(), at.backward()}) {
      pins.watch(pin, this::wake);
    }
    pins.addSource(() -> turns);
    showPhase();
    wake();
  }

  /** How fast the output shaft turns, forwards positive. */
  public double turnsPerSecond() {
    return speed / plan.edgesPerTurn();
  }

  /** How far the output shaft has turned, to the edge; forwards positive. */
  public double turned() {
    return (double) edges / plan.edgesPerTurn();
  }

  /** The drive has changed; a motor at rest may start. */
  private void wake() {
    if (!turns && target() != 0) {
      turns = true;
      movedTo = clock.nanos();
      stepEnd = movedTo + STEP_NANOS;
      alarm.setAt(stepEnd);
    }
  }

  /** Edges a second that it tends to. */
  private double target() {
    MotorPlan.Wiring at = plan.wiring();
    double direction =
        wires.duty.applyAsDouble(at.forward()) - wires.duty.applyAsDouble(at.backward());
    double drive = wires.duty.applyAsDouble(at.pwm()) * Math.abs(direction);
    if (drive <= plan.stallDuty()) {
      return 0;
    }
    double share = (drive - plan.stallDuty()) / (1 - plan.stallDuty());
    return Math.copySign(share * plan.turnsPerSecond() * plan.edgesPerTurn(), direction);
  }

  private void due(long atNanos) {
    move(atNanos);
    if (atNanos >= stepEnd) {
      step(atNanos);
    }
    if (turns) {
      alarm.setAt(Math.min(stepEnd, nextEdge(atNanos)));
    }
  }

  private void step(long atNanos) {
    double wanted = target();
    speed = wanted + (speed - wanted) * kept;
    stepEnd = atNanos + STEP_NANOS;
    if (wanted == 0 && Math.abs(speed) < REST) {
      speed = 0;
      turns = false;
    }
  }

  /** Turns the shaft, at most to its next edge. */
  private void move(long atNanos) {
    position += speed * ((atNanos - movedTo) / NANOS_PER_SECOND);
    movedTo = atNanos;
    if (position >= edges + 1) {
      edges++;
      position = edges;
      showPhase();
    } else if (position < edges || (speed < 0 && position == edges)) {
      position = edges;
      edges--;
      showPhase();
    }
  }

  private long nextEdge(long nowNanos) {
    if (speed == 0) {
      return Long.MAX_VALUE;
    }
    double distance = speed > 0 ? edges + 1 - position : position - edges;
    return nowNanos + Math.max(1, (long) Math.ceil(distance / Math.abs(speed) * NANOS_PER_SECOND));
  }

  private void showPhase() {
    int phase = PHASES[(int) Math.floorMod(edges, (long) PHASES.length)];
    MotorPlan.Wiring at = plan.wiring();
    wires.output.drive(at.encoderA(), Level.of((phase & 2) != 0));
    wires.output.drive(at.encoderB(), Level.of((phase & 1) != 0));
  }
}
