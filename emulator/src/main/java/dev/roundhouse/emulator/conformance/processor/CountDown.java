package dev.roundhouse.emulator.conformance.processor;

import dev.roundhouse.emulator.cpu.GuestWindow;

/**
 * A loop that only counts a register down to 0: {@code subs Xn, Xn, #1}, {@code b.ne} back to it.
 * Scripts compute for a time by it, so all turns but the last are done at once.
 */
final class CountDown {
  /** Instructions of a turn, which is a block. */
  static final int INSTRUCTIONS = 2;

  private static final int BACK_BY_ONE =
      Instruction.BRANCH_IF_NOT_EQUAL.code() | (Interpreter.DISTANCE_MASK << Instruction.FIRST);

  private CountDown() {}

  /** Does turns of the block at {@code start}, if it is such a loop, as far as the budget lasts. */
  static void skip(GuestWindow ram, long start, long[] registers, BlockBudget budget) {
    int counter = Interpreter.target(ram.instruction(start));
    int subtract =
        Instruction.SUBTRACT_NUMBER.code()
            | (1 << Instruction.NUMBER)
            | (counter << Instruction.FIRST)
            | counter;
    if (ram.instruction(start) == subtract
        && ram.instruction(start + Instruction.BYTES) == BACK_BY_ONE) {
      long affordable = Math.max(budget.left(), 0) / INSTRUCTIONS;
      long others = registers[counter] - 1;
      long turns = Long.compareUnsigned(others, affordable) < 0 ? others : affordable;
      registers[counter] -= turns;
      budget.countAll(INSTRUCTIONS * turns);
    }
  }
}
