package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.cpu.SystemTraps;
import dev.roundhouse.emulator.ports.AfterAccess;
import dev.roundhouse.emulator.ports.Semihosting;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.RunControl;
import dev.roundhouse.emulator.run.RunEnd;
import java.util.function.IntSupplier;

/**
 * Takes the traps of a core that executes a whole kernel: moves time, tells the core of interrupt
 * requests, and lets time leap while the kernel waits for one.
 */
final class CoreTraps implements SystemTraps, AfterAccess {
  /** How long code may run without a look at where it is; costs less than a thousandth. */
  private static final long LONGEST_STRETCH_NANOS = 100_000;

  private final SystemCpu cpu;
  private final GenericTimer timer;
  private final Board board;
  private final GuestTime time;
  private final RunControl control;
  private final Semihosting semihosting;
  private final CodeWarnings warnings;
  private final Halts halts;
  private final IntSupplier thread;
  private Stage stage = Stage.BETWEEN_BLOCKS;

  CoreTraps(SystemCpu cpu, GuestTime time, WiredBoard wired, Beside beside) {
    this.cpu = cpu;
    this.time = time;
    semihosting = beside.semihosting;
    warnings = beside.warnings;
    thread = beside.thread;
    board = wired.board();
    halts = wired.halts();
    timer = board.genericTimer();
    control = wired.control();
  }

  /**
   * Who serves and hears what code asks for.
   *
   * @param thread that the core executes, as a debugger knows it
   */
  record Beside(Semihosting semihosting, CodeWarnings warnings, IntSupplier thread) {}

  /** Where the core is while it does not run. */
  private enum Stage {
    /** Before a block of code, or nothing has run yet. */
    BETWEEN_BLOCKS,
    /** Halted before an instruction. */
    IN_BLOCK,
    /** Behind a {@code wfi}, or a {@code wfe}, that has not come to its end. */
    WAITING_FOR_INTERRUPT,
    WAITING_FOR_EVENT
  }

  /** Starts, or goes on after a pause, until the run is over or pauses or the board is reset. */
  void go() {
    if (halts.beforeKernel()) {
      return;
    }
    if (stage == Stage.IN_BLOCK) {
      stage = Stage.BETWEEN_BLOCKS;
      cpu.run(this);
      return;
    }
    control.look(time.nanos());
    AfterTrap next =
        switch (stage) {
          case BETWEEN_BLOCKS, IN_BLOCK -> goOnFrom(stage);
          case WAITING_FOR_INTERRUPT -> waitOnForInterrupt();
          case WAITING_FOR_EVENT -> waitOnForEvent();
        };
    if (next == AfterTrap.RESUME) {
      cpu.run(this);
    }
  }

  /** Whether the kernel has asked the watchdog for a reboot. */
  boolean wantsReset() {
    return board.rebootRequested();
  }

  private boolean mustLeave() {
    return control.mustLeave() || wantsReset();
  }

  private AfterTrap goOnFrom(Stage here) {
    if (mustLeave()) {
      stage = here;
      return AfterTrap.LEAVE;
    }
    stage = Stage.BETWEEN_BLOCKS;
    planOn();
    return AfterTrap.RESUME;
  }

  private AfterTrap endWith(RunEnd why) {
    control.endWith(why);
    return AfterTrap.LEAVE;
  }

  @Override
  public void planOn() {
    time.plan(Math.min(control.nextNanos(), time.nanos() + LONGEST_STRETCH_NANOS));
    tellInterruptRequest();
  }

  private void tellInterruptRequest() {
    cpu.interruptRequest(board.irqAsserted() ? Level.HIGH : Level.LOW);
  }

  @Override
  public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
    time.catchUpWithout(blockInstructions);
    control.lookIfDue(time.nanos());
    if (mustLeave()) {
      stage = Stage.BETWEEN_BLOCKS;
      return AfterTrap.LEAVE;
    }
    time.plan(Math.min(control.nextNanos(), time.nanos() + LONGEST_STRETCH_NANOS));
    cpu.budget().count(blockInstructions);
    tellInterruptRequest();
    return AfterTrap.RESUME;
  }

  @Override
  public AfterTrap mayHalt(long pc) {
    if (!halts.at(thread.getAsInt(), pc)) {
      return AfterTrap.RESUME;
    }
    stage = Stage.IN_BLOCK;
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap waitForInterrupt() {
    time.catchUp();
    return waitOnForInterrupt();
  }

  private AfterTrap waitOnForInterrupt() {
    while (!mustLeave() && !board.irqAsserted()) {
      leapTo(Long.MAX_VALUE);
    }
    return goOnFrom(Stage.WAITING_FOR_INTERRUPT);
  }

  @Override
  public boolean takeEvent() {
    time.catchUp();
    boolean hasCome = timer.takeEvent();
    planOn();
    return hasCome;
  }

  /**
   * An interrupt that the core masks ends the wait too, which the architecture allows: a wait may
   * end for any reason (Arm Architecture Reference Manual for A-profile, D1.6.1).
   */
  @Override
  public AfterTrap waitForEvent() {
    time.catchUp();
    return waitOnForEvent();
  }

  private AfterTrap waitOnForEvent() {
    while (!mustLeave() && !board.irqAsserted() && !timer.takeEvent()) {
      leapTo(timer.nextEventNanos());
    }
    return goOnFrom(Stage.WAITING_FOR_EVENT);
  }

  /** Lets time leap to the next alarm, or to the next event if that is earlier. */
  private void leapTo(long eventNanos) {
    if (eventNanos == Long.MAX_VALUE && !board.mayStillInterrupt()) {
      control.endWith(new RunEnd.NothingCanCome());
      return;
    }
    control.leap(time, Math.min(time.nextAlarmNanos(), eventNanos));
  }

  @Override
  public AfterTrap semihosting(int operation, long parameter) {
    time.catchUp();
    return switch (semihosting.serve(operation, cpu.physical(parameter))) {
      case Semihosting.Answer.Exit(int code) -> endWith(new RunEnd.Exited(code));
      case Semihosting.Answer.Value(long x0) -> {
        cpu.answer(x0);
        yield goOnFrom(Stage.BETWEEN_BLOCKS);
      }
    };
  }

  @Override
  public void misused(long pc, String what) {
    warnings.add(pc, what);
  }

  @Override
  public AfterTrap lost(String what) {
    time.catchUp();
    return endWith(new RunEnd.Lost(what));
  }
}
