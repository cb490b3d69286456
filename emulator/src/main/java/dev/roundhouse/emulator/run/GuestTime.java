package dev.roundhouse.emulator.run;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.kernel.board.KernelTime;
import java.util.function.LongSupplier;

/**
 * Moves virtual time: by the instructions that the processor has executed, by what the kernel model
 * charges, and by leaps while nothing runs.
 */
public final class GuestTime implements KernelTime {
  private final VirtualClock clock;
  private final Agenda agenda;
  private final InstructionBudget budget;
  private final LongSupplier rate;
  private long nanosPerInstruction;
  private long instructions;

  /**
   * Time of a processor.
   *
   * @param rate nanoseconds an instruction for what it executes next, asked each time that the
   *     clock has come to where the processor is
   */
  public GuestTime(VirtualClock clock, Agenda agenda, InstructionBudget budget, LongSupplier rate) {
    this.clock = clock;
    this.agenda = agenda;
    this.budget = budget;
    this.rate = rate;
    nanosPerInstruction = rate.getAsLong();
  }

  public long nanos() {
    return clock.nanos();
  }

  /** The time at which the processor is, its clock not yet brought there. */
  public long present(int uncountedInstructions) {
    return clock.nanos() + (budget.counted() - uncountedInstructions) * nanosPerInstruction;
  }

  /** Instructions executed up to where the processor is. */
  public long executed(int uncountedInstructions) {
    return instructions + budget.counted() - uncountedInstructions;
  }

  /** Instructions executed since the machine was started. */
  public long instructions() {
    return instructions;
  }

  /** When the next alarm of a device falls due. */
  public long nextAlarmNanos() {
    return agenda.nextNanos();
  }

  /** Brings the clock to the processor: all that was counted has been executed. */
  public void catchUp() {
    catchUpWithout(0);
  }

  /** Brings the clock to the processor, which is about to start a block that is counted already. */
  public void catchUpWithout(int blockInstructions) {
    long executed = budget.takeCounted() - blockInstructions;
    instructions += executed;
    clock.advanceTo(clock.nanos() + executed * nanosPerInstruction);
    nanosPerInstruction = rate.getAsLong();
    agenda.runDue(clock.nanos());
  }

  /**
   * Counts instructions as executed that need not be, because all that they do is known; no alarm
   * may fall due meanwhile.
   */
  public void skip(long executed) {
    instructions += executed;
    clock.advanceTo(clock.nanos() + executed * nanosPerInstruction);
  }

  /** How many instructions can begin before a time. */
  public long instructionsBefore(long nanos) {
    return nanos <= clock.nanos() ? 0 : (nanos - 1 - clock.nanos()) / nanosPerInstruction;
  }

  /** Leaps to a later time, while nothing runs. */
  public void leapTo(long nanos) {
    clock.advanceTo(Math.max(nanos, clock.nanos()));
    agenda.runDue(clock.nanos());
  }

  /** Lets the processor run until an alarm, or {@code limitNanos} if that is earlier. */
  public void plan(long limitNanos) {
    long until = Math.min(agenda.nextNanos(), limitNanos);
    long left = Math.max(until - clock.nanos(), 0);
    budget.grant((left + nanosPerInstruction - 1) / nanosPerInstruction);
  }

  @Override
  public void charge(long nanos) {
    leapTo(clock.nanos() + nanos);
  }

  @Override
  public boolean untilNextDeadline() {
    long next = agenda.nextNanos();
    boolean comes = next != Long.MAX_VALUE;
    if (comes) {
      leapTo(next);
    }
    return comes;
  }
}
