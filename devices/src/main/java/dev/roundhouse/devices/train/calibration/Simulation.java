package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.BoxCable;
import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.box.BoxTiming;
import dev.roundhouse.devices.train.fault.LossyLine;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A train set behind a 6051 with nobody but a sender of bytes at its line, which waits while it is
 * not clear.
 */
final class Simulation implements UartPort {
  /** From the start of a byte until the box has heard it. */
  static final long HEARD = SerialFormat.MARKLIN.heardNanos();

  private static final long REST = SerialFormat.MARKLIN.frameNanos() - HEARD;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final Transcript heard = new Transcript();
  private final LossyLine box;
  private final Alarm stopBit;
  private final Alarm frameEnd;
  private boolean isClear = true;
  private int shifting;

  /** A train set on a clock of its own; what happens goes to {@code trace}. */
  Simulation(TrainSetPlan plan, TraceSink trace) {
    TrainSetPlan at6051 =
        new TrainSetPlan(
            plan.layout(),
            plan.locomotives(),
            plan.trains(),
            plan.turnouts(),
            plan.faults(),
            serial(plan.box()),
            plan.seed());
    BoxCable cable =
        at6051.in(new TrainSet.Machine(clock, agenda, trace, (where, what) -> {})).cable();
    stopBit = agenda.alarm("stop bit", this::hear);
    frameEnd = agenda.alarm("frame", at -> goOn());
    if (!(cable instanceof BoxCable.Serial line)) {
      throw new IllegalStateException("a 6051 is at a serial line");
    }
    box = line.farEnd();
    line.connect(this);
  }

  private static BoxPlan serial(BoxPlan box) {
    return box instanceof BoxPlan.Serial ? box : new BoxPlan.Serial(BoxTiming.MEASURED);
  }

  /** Sends a byte as soon as the line is clear. */
  void send(int value) {
    waiting.add(value);
    goOn();
  }

  /** Lets time pass. */
  void advanceTo(long nanos) {
    while (agenda.nextNanos() <= nanos) {
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(Math.max(clock.nanos(), nanos));
  }

  /** What has passed on its line. */
  Transcript heard() {
    return heard;
  }

  private void goOn() {
    boolean isTaken = isClear || box.takesFrameWhileNotClear();
    boolean isFree = !stopBit.isSet() && !frameEnd.isSet() && isTaken;
    if (isFree && box.inputEnded() && !waiting.isEmpty()) {
      shifting = waiting.remove();
      stopBit.setAt(clock.nanos() + HEARD);
    }
  }

  private void hear(long atNanos) {
    frameEnd.setAt(atNanos + REST);
    heard.toBox(atNanos, shifting);
    box.frameFromUart(shifting);
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    heard.fromBox(clock.nanos(), value);
  }

  @Override
  public void setCts(Signal state) {
    isClear = state == Signal.ASSERTED;
    goOn();
  }

  @Override
  public SerialFormat format() {
    return SerialFormat.MARKLIN;
  }
}
