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

  /**
   * Code is about to execute an instruction at which it may halt ({@link Cpu#haltAt}). When the
   * answer is {@link AfterTrap#LEAVE}, it is not executed, and all before it is counted. A next run
   * from there goes on as if it had not been left: the rest of the block belongs to what has begun.
   */
  default AfterTrap mayHalt(long pc) {
    return AfterTrap.RESUME;
  }

  /** Code executed {@code wfi}, at EL0 also {@code wfe}; pc is behind it. */
  AfterTrap waitForInterrupt();
}
