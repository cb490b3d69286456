package dev.roundhouse.emulator.cpu;

/**
 * Who handles the traps of a processor: what running programs on the kernel model and running a
 * whole kernel differ in. Called on the thread that runs the processor.
 */
public interface Traps {
  /**
   * The instruction budget is spent, or was cut short. Called before a block of code starts. When
   * the answer is {@link AfterTrap#LEAVE}, the block is not executed; a {@link Cpu} loses its pc,
   * and {@link Cpu#resumeAll} says where the next run begins.
   *
   * @param blockInstructions how many instructions the block has: they are counted already, though
   *     none of them has been executed
   * @param blockAddress where it starts: the pc to save when a task is pre-empted here
   */
  AfterTrap budgetSpent(int blockInstructions, long blockAddress);

  /** Code executed {@code wfi}, at EL0 also {@code wfe}; pc is behind it. */
  AfterTrap waitForInterrupt();
}
