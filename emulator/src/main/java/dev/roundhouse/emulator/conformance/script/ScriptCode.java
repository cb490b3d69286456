package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.emulator.conformance.processor.Instruction;
import java.util.Arrays;

/** Writes the machine code of a script. */
final class ScriptCode {
  private static final int INITIAL_WORDS = 256;
  private static final int PAGE = 0x1000;
  private static final int PAGE_MASK = PAGE - 1;
  private static final int HALF = 16;
  private static final int HALVES = 4;
  private static final int HALF_MASK = 0xFFFF;
  private static final int DISTANCE_MASK = 0x7_FFFF;

  private final int start;
  private int[] words = new int[INITIAL_WORDS];
  private int count;

  /**
   * An assembler for code at an offset in its program.
   *
   * @param start a multiple of 4
   */
  ScriptCode(int start) {
    this.start = start;
  }

  /** One instruction. */
  void word(int word) {
    if (count == words.length) {
      words = Arrays.copyOf(words, 2 * count);
    }
    words[count++] = word;
  }

  /** One instruction with a target and a first source. */
  void twoRegisters(int instruction, int target, int first) {
    word(instruction | (first << Instruction.FIRST) | target);
  }

  /** An instruction on three registers. */
  void threeRegisters(Instruction instruction, int target, int first, int second) {
    twoRegisters(instruction.code() | (second << Instruction.SECOND), target, first);
  }

  /** An instruction on two registers and a number of 12 bits. */
  void withNumber(Instruction instruction, int target, int first, int number) {
    twoRegisters(instruction.code() | (number << Instruction.NUMBER), target, first);
  }

  /** movz and as many movk as the value needs. */
  void set(int register, long value) {
    move(Instruction.MOVE_ZEROING, register, 0, value);
    for (int half = 1; half < HALVES; half++) {
      if ((value >>> (HALF * half) & HALF_MASK) != 0) {
        move(Instruction.MOVE_KEEPING, register, half, value);
      }
    }
  }

  private void move(Instruction instruction, int register, int half, long value) {
    int bits = (int) (value >>> (HALF * half)) & HALF_MASK;
    word(instruction.code() | (half << Instruction.HALF) | (bits << Instruction.FIRST) | register);
  }

  /** A move between registers. */
  void move(int target, int source) {
    word(Instruction.MOVE.code() | (source << Instruction.SECOND) | target);
  }

  /** bl over a branch to the svc: the call returns to that branch, which leads behind the svc. */
  void supervisorCall(int number) {
    word(Instruction.BRANCH_WITH_LINK.code() | 2);
    word(Instruction.BRANCH.code() | 2);
    word(Instruction.SUPERVISOR_CALL.code() | (number << Instruction.FIRST));
  }

  /** Makes sure that the next instructions, so many, are on one page: a block of code. */
  void keepTogether(int instructions) {
    while (pageOffset() + Instruction.BYTES * instructions > PAGE) {
      word(Instruction.NO_OPERATION.code());
    }
  }

  /** subs of 1 and b.ne back to {@code body} instructions before the subs. */
  void countDown(int register, int body) {
    withNumber(Instruction.SUBTRACT_NUMBER, register, register, 1);
    word(
        Instruction.BRANCH_IF_NOT_EQUAL.code()
            | ((-(body + 1) & DISTANCE_MASK) << Instruction.FIRST));
  }

  /** Ends a block of code: a branch to the next instruction. */
  void endBlock() {
    word(Instruction.BRANCH.code() | 1);
  }

  /** Sets an instruction that could not be known before. */
  void patch(int index, int word) {
    words[index] = word;
  }

  private int pageOffset() {
    return (start + bytes()) & PAGE_MASK;
  }

  int bytes() {
    return Integer.BYTES * count;
  }

  int[] words() {
    return Arrays.copyOf(words, count);
  }
}
