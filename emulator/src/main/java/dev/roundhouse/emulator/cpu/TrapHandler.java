package dev.roundhouse.emulator.cpu;

import dev.roundhouse.kernel.report.Fault;

/**
 * Who handles a trap: the one object in which running programs on the kernel model and running a
 * whole kernel differ. Called on the thread that called {@link Cpu#run}.
 */
public interface TrapHandler {
  /**
   * Code executed {@code svc #immediate}; pc is behind it. All instructions up to and including the
   * svc are counted.
   */
  AfterTrap supervisorCall(int immediate);

  /**
   * The instruction budget is spent, or was cut short. Called before a block of code starts. When
   * the answer is {@link AfterTrap#LEAVE}, the block is not executed and the processor's pc is
   * lost: {@link Cpu#resumeAll} says where the next run begins.
   *
   * @param blockInstructions how many instructions the block has: they are counted already, though
   *     none of them has been executed
   * @param blockAddress where it starts: the pc to save when the task is pre-empted here
   */
  AfterTrap budgetSpent(int blockInstructions, long blockAddress);

  /** Code could not go on; pc is the instruction that failed. */
  AfterTrap fault(Fault fault);

  /** Code executed {@code wfi} or {@code wfe}; pc is behind it. */
  AfterTrap waitForInterrupt();

  /**
   * Code executed {@code hlt #0xf000}, which asks a debugger for a service (Arm Semihosting for
   * AArch32 and AArch64, 2.0); pc is at that instruction.
   */
  AfterTrap semihosting();
}
