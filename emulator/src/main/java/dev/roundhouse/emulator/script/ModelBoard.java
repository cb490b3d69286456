package dev.roundhouse.emulator.script;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.HostLine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.InterruptIds;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.board.KernelTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The board and the time around a kernel model without a processor. */
final class ModelBoard implements KernelTime, EventSources, HostLine.Run {
  private static final int TIMER_COMPARE = 1;

  /** A full FIFO at 2400 baud takes 150 ms. */
  private static final long LONGEST_DRAIN_NANOS = 1_000_000_000;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final Bcm2711 board = Bcm2711.create(clock, agenda, new SilentTrace(), (_, _) -> {});
  private final Map<Integer, HostLine> lines = new TreeMap<>();
  private final InterruptIds interrupts;
  private final ReplayGate gate;
  private final long limitNanos;
  private @Nullable RunEnd end;

  ModelBoard(ScriptedSystem system, Observer observer, InterruptIds interrupts) {
    this.interrupts = interrupts;
    this.limitNanos = system.limitNanos();
    this.gate = new ReplayGate(ScriptInputs.of(system), InputLog.none());
    ScriptInputs.lines(system, observer)
        .forEach((uart, attachment) -> {
          HostLine line = new HostLine(uart, attachment, InputLog.none(), this);
          lines.put(uart, line);
          board.uart(uart).attach(line);
        });
  }

  Bus bus() {
    return board.bus();
  }

  VirtualClock clock() {
    return clock;
  }

  /** Whether an interrupt waits. */
  boolean isInterrupted() {
    return board.gic().irqAsserted();
  }

  /** Instructions of a task take time; what falls due meanwhile waits for {@link #catchUp}. */
  void execute(long instructions) {
    clock.advanceTo(clock.nanos() + instructions);
  }

  /** Lets fall due what is due. */
  void catchUp() {
    agenda.runDue(clock.nanos());
  }

  /** Whether something is due: an alarm, input, the end, or an interrupt that waits. */
  boolean isDue() {
    return clock.nanos() >= nextNanos() || isInterrupted();
  }

  /** How many turns of a loop begin before something is due. */
  long turnsUntilDue(int instructions) {
    long left = nextNanos() - clock.nanos();
    return left <= 0 ? 0 : (left - 1) / instructions + 1;
  }

  private long nextNanos() {
    return Math.min(agenda.nextNanos(), Math.min(gate.nextKnownNanos(), limitNanos));
  }

  /** Looks if it is time. */
  void lookIfDue() {
    if (clock.nanos() >= Math.min(gate.nextKnownNanos(), limitNanos)) {
      look();
    }
  }

  /** Lets input in, and ends a run that is over its limit. */
  void look() {
    gate.admit(clock.nanos(), this::receive);
    if (clock.nanos() >= limitNanos) {
      endWith(new RunEnd.VirtualTimeout());
    }
  }

  private void receive(ExternalInput input) {
    switch (input) {
      case ExternalInput.SerialByte(int uart, int value) -> {
        line(uart).enqueue(value);
        board.uart(uart).inputArrived();
      }
      case ExternalInput.SerialEnded(int uart) -> {
        line(uart).end();
        board.uart(uart).inputArrived();
      }
      case ExternalInput.ClearToSend(int uart, var state, long frames) ->
          line(uart).setClearToSend(state, frames);
      case ExternalInput.StopRequest() -> throw new IllegalStateException("nobody asked to stop");
    }
  }

  private HostLine line(int uart) {
    HostLine line = lines.get(uart);
    if (line == null) {
      throw new IllegalArgumentException("the board has no PL011 UART" + uart);
    }
    return line;
  }

  /** Nothing runs: goes on to what is due next. */
  void idle() {
    clock.advanceTo(Math.max(clock.nanos(), nextNanos()));
    catchUp();
    look();
  }

  /** Ends the run, unless something has ended it already. */
  void endWith(RunEnd why) {
    if (end == null) {
      end = why;
    }
  }

  /** Why the run is over; empty while it is not. */
  Optional<RunEnd> end() {
    return Optional.ofNullable(end);
  }

  /** Lets what the UARTs still hold leave them. */
  void drain() {
    long until = clock.nanos() + LONGEST_DRAIN_NANOS;
    while (isTransmitting() && agenda.nextNanos() <= until) {
      clock.advanceTo(agenda.nextNanos());
      catchUp();
    }
  }

  private boolean isTransmitting() {
    return Bcm2711.UARTS.stream().anyMatch(uart -> board.uart(uart).isTransmitting());
  }

  @Override
  public void charge(long nanos) {
    clock.advanceTo(clock.nanos() + nanos);
    catchUp();
  }

  @Override
  public boolean untilNextDeadline() {
    lookIfDue();
    long next = agenda.nextNanos();
    if (end != null || next == Long.MAX_VALUE) {
      return false;
    }
    clock.advanceTo(Math.max(clock.nanos(), next));
    catchUp();
    return true;
  }

  @Override
  public boolean mayStillCome(EventId event) {
    return event.equals(interrupts.timerEvent())
        ? board.systemTimer().compareLiesAhead(TIMER_COMPARE)
        : interrupts.wakes(event) && board.uart(event.source()).mayStillInterrupt();
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public void byteTaken() {
    // Nobody waits for room.
  }
}
