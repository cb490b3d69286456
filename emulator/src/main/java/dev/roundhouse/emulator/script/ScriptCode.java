package dev.roundhouse.emulator.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the machine code of a script and notes its blocks: runs of instructions that end behind a
 * branch, a supervisor call, or at the end of a 4 KiB page, as a processor's translator cuts them.
 *
 * <p>Encodings: Arm Architecture Reference Manual for A-profile, C6.2.
 */
final class ScriptCode {
  private static final int INITIAL_WORDS = 256;
  private static final int PAGE = 0x1000;
  private static final int PAGE_MASK = PAGE - 1;
  private static final int NOP = 0xD503_201F;
  private static final int HALF = 16;
  private static final int HALVES = 4;
  private static final int HALF_MASK = 0xFFFF;
  private static final int SECOND = 5;
  private static final int THIRD = 16;
  private static final int MOVZ = 0xD280_0000;
  private static final int MOVK = 0xF280_0000;
  private static final int MOVK_HALF_SHIFT = 21;
  private static final int BRANCH = 0x1400_0000;
  private static final int BRANCH_NOT_EQUAL = 0x5400_0001;
  private static final int IMMEDIATE_19_MASK = 0x7_FFFF;

  private final int start;
  private int[] words = new int[INITIAL_WORDS];
  private int count;
  private int blockStart;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * An assembler for code at an offset in its program.
   *
   * @param start a multiple of 4
   */
  ScriptCode(int start) {
    this.start = start;
  }

  /** One instruction that does not branch. */
  void word(int word) {
    if (count > blockStart && pageOffset() == 0) {
      endBlock(Block.End.NEXT, 0);
    }
    if (count == words.length) {
      words = Arrays.copyOf(words, 2 * count);
    }
    words[count++] = word;
  }

  /** movz and as many movk as the value needs. */
  void set(int register, long value) {
    word(MOVZ | ((int) (value & HALF_MASK) << SECOND) | register);
    for (int half = 1; half < HALVES; half++) {
      int bits = (int) (value >>> (HALF * half)) & HALF_MASK;
      if (bits != 0) {
        word(MOVK | (half << MOVK_HALF_SHIFT) | (bits << SECOND) | register);
      }
    }
  }

  /** An instruction on three registers. */
  void threeRegisters(int instruction, int target, int first, int second) {
    word(instruction | (second << THIRD) | (first << SECOND) | target);
  }

  /**
   * bl over a branch to the svc: the call returns to that branch, which leads behind the svc. The
   * blocks are noted in the order in which they are executed.
   */
  void supervisorCall(int number, int step) {
    branch(0x9400_0002, Block.End.ARGUMENTS_SET, step);
    word(BRANCH | 2);
    word(0xD400_0001 | (number << SECOND));
    blocks.add(new Block(1, Block.End.SUPERVISOR_CALL, step));
    blocks.add(new Block(1, Block.End.NEXT, step));
    blockStart = count;
  }

  /** Makes sure that the next instructions, so many, are on one page. */
  void keepTogether(int instructions) {
    while (pageOffset() + Integer.BYTES * instructions > PAGE) {
      word(NOP);
    }
  }

  /** subs of 1 and b.ne back to {@code body} instructions before the subs. */
  void countDown(int register, int body, Block.End end, int step) {
    word(0xF100_0400 | (register << SECOND) | register);
    branch(BRANCH_NOT_EQUAL | ((-(body + 1) & IMMEDIATE_19_MASK) << SECOND), end, step);
  }

  /** A branch to the next instruction, which ends a block. */
  void endWith(Block.End end, int step) {
    branch(BRANCH | 1, end, step);
  }

  /** An instruction that branches. */
  void branch(int word, Block.End end, int step) {
    word(word);
    endBlock(end, step);
  }

  private void endBlock(Block.End end, int step) {
    blocks.add(new Block(count - blockStart, end, step));
    blockStart = count;
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

  List<Block> blocks() {
    return blocks;
  }
}
