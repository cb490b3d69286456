package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.gic.Gic400;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.cpu.SystemTraps;
import dev.roundhouse.emulator.fullsystem.Semihosting;
import org.jspecify.annotations.Nullable;

/**
 * Runs a whole kernel, from one boot to the next reboot: moves time, tells the core of interrupt
 * requests, and lets time leap while the kernel waits for one.
 */
final class BootLoop implements SystemTraps, AfterAccess {
  /** How long code may run without a look at where it is; costs less than a thousandth. */
  private static final long LONGEST_STRETCH_NANOS = 100_000;

  private final SystemCpu cpu;
  private final Gic400 interrupts;
  private final GenericTimer timer;
  private final Bcm2711 board;
  private final GuestTime time;
  private final Lookout lookout;
  private final BoardInterrupts sources;
  private final Semihosting semihosting;
  private final CodeComplaints complaints;
  private @Nullable BootEnd end;

  BootLoop(
      SystemCpu cpu,
      GuestTime time,
      Surroundings around,
      Semihosting semihosting,
      CodeComplaints complaints) {
    this.complaints = complaints;
    this.cpu = cpu;
    this.time = time;
    this.semihosting = semihosting;
    board = around.board();
    interrupts = board.gic();
    timer = board.genericTimer();
    lookout = around.lookout();
    sources = new BoardInterrupts(board);
  }

  /** Runs until something ends the run or the kernel asks for a reboot. */
  BootEnd run() {
    lookout.look(time.nanos());
    if (!isOver()) {
      planOn();
      cpu.run(this);
    }
    BootEnd why = end;
    if (why == null) {
      throw new IllegalStateException("the core stopped and nobody ended the run");
    }
    return why;
  }

  private boolean isOver() {
    RunEnd cut = lookout.end();
    if (end == null && cut != null) {
      end =
          cut instanceof RunEnd.Exited(int code) ? new BootEnd.Exited(code) : new BootEnd.Cut(cut);
    }
    if (end == null && board.watchdog().rebootRequested()) {
      end = new BootEnd.Rebooted();
    }
    return end != null;
  }

  private AfterTrap endWith(BootEnd why) {
    if (end == null) {
      end = why;
    }
    return AfterTrap.LEAVE;
  }

  @Override
  public void planOn() {
    time.plan(Math.min(lookout.nextNanos(), time.nanos() + LONGEST_STRETCH_NANOS));
    cpu.interruptRequest(interrupts.irqAsserted() ? Level.HIGH : Level.LOW);
  }

  private AfterTrap goOn() {
    if (isOver()) {
      return AfterTrap.LEAVE;
    }
    planOn();
    return AfterTrap.RESUME;
  }

  @Override
  public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
    time.catchUpWithout(blockInstructions);
    lookout.lookIfDue(time.nanos());
    if (isOver()) {
      return AfterTrap.LEAVE;
    }
    time.plan(Math.min(lookout.nextNanos(), time.nanos() + LONGEST_STRETCH_NANOS));
    cpu.budget().count(blockInstructions);
    cpu.interruptRequest(interrupts.irqAsserted() ? Level.HIGH : Level.LOW);
    return AfterTrap.RESUME;
  }

  @Override
  public AfterTrap waitForInterrupt() {
    time.catchUp();
    while (!isOver() && !interrupts.irqAsserted()) {
      idleUntil(Long.MAX_VALUE);
    }
    return goOn();
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
    while (!isOver() && !interrupts.irqAsserted() && !timer.takeEvent()) {
      idleUntil(timer.nextEventNanos());
    }
    return goOn();
  }

  /** Lets time leap to the next alarm, or to the next event if that is earlier. */
  private void idleUntil(long eventNanos) {
    if (eventNanos == Long.MAX_VALUE && !sources.mayStillCome()) {
      endWith(new BootEnd.Finished());
      return;
    }
    long untilNanos = Math.min(time.nextAlarmNanos(), eventNanos);
    time.leapTo(lookout.idle(time.nanos(), untilNanos));
    lookout.look(time.nanos());
  }

  @Override
  public AfterTrap semihosting(int operation, long parameter) {
    time.catchUp();
    return switch (semihosting.serve(operation, cpu.physical(parameter))) {
      case Semihosting.Answer.Exit(int code) -> endWith(new BootEnd.Exited(code));
      case Semihosting.Answer.Value(long x0) -> {
        cpu.answer(x0);
        yield goOn();
      }
    };
  }

  @Override
  public void misused(long pc, String what) {
    complaints.add(pc, what);
  }

  @Override
  public AfterTrap lost(String what) {
    time.catchUp();
    return endWith(new BootEnd.Lost(what));
  }
}
