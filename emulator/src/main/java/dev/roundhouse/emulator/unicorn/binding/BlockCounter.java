package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.cpu.InstructionBudget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The state that a block hook keeps: how many instructions may still run, and which block was the
 * latest. The hook is a few machine instructions ({@link BlockHookCode}) where we have them for the
 * host, and a Java method elsewhere; both work on the same memory:
 *
 * <pre>
 *   offset 0   instructions left, 8 bytes, signed
 *   offset 8   address of the function to call when they fall below zero or a block is misaligned
 *   offset 16  where the latest block starts, 8 bytes
 *   offset 24  how many instructions it has, 4 bytes
 *   offset 28  not 0 while another thread calls: each block then calls that function, 4 bytes
 *   offset 32  where the words of code are that are known, 8 bytes; 0 while none is compared
 * </pre>
 */
public final class BlockCounter implements InstructionBudget {

  /** The logarithm of the bytes of a page. */
  public static final int PAGE_SHIFT = 12;

  /** The bits of an address that are zero for every instruction. */
  public static final long MISALIGNED = 3;

  private static final long LEFT = 0;
  private static final long SPENT_FUNCTION = 8;
  private static final long LATEST = 16;
  private static final long LATEST_INSTRUCTIONS = 24;
  private static final long CALLED = 28;
  private static final long KNOWN_CODE = 32;
  private static final long STATE_BYTES = 40;

  private final MemorySegment state;

  /** Taken off what is left while each block is to be seen: more than any budget. */
  private static final long EACH_BLOCK = 1L << 56;

  private long grantedBeyondCounted;
  private long hidden;

  /** A counter with nothing granted. */
  public BlockCounter(Arena lifetime) {
    state = lifetime.allocate(STATE_BYTES, JAVA_LONG.byteAlignment());
  }

  /** The state's address, for the hook. */
  long address() {
    return state.address();
  }

  /** Tells the machine code what to call when the budget is spent. */
  void callWhenSpent(MemorySegment function) {
    state.set(JAVA_LONG, SPENT_FUNCTION, function.address());
  }

  /** What the machine code does, in Java. Returns whether Java has something to do. */
  boolean startBlock(long address, int instructions) {
    state.set(JAVA_LONG, LATEST, address);
    state.set(JAVA_INT, LATEST_INSTRUCTIONS, instructions);
    long left = state.get(JAVA_LONG, LEFT) - instructions;
    state.set(JAVA_LONG, LEFT, left);
    return left < 0 || isCalled() || (address & MISALIGNED) != 0;
  }

  /** Where the latest block starts. */
  public long latestBlock() {
    return state.get(JAVA_LONG, LATEST);
  }

  /** How many instructions it has. */
  public int latestInstructions() {
    return state.get(JAVA_INT, LATEST_INSTRUCTIONS);
  }

  /** How many of its instructions are not before an address in it. */
  public int behind(long pc) {
    return latestInstructions() - (int) ((pc - latestBlock()) / Opcode.BYTES);
  }

  private long left() {
    return state.get(JAVA_LONG, LEFT) + hidden;
  }

  private void setLeft(long instructions) {
    state.set(JAVA_LONG, LEFT, instructions - hidden);
  }

  /**
   * Whether the budget is spent or another thread calls, and not only a call at each block wanted.
   */
  public boolean isSpent() {
    return left() < 0 || isCalled();
  }

  private boolean isCalled() {
    return state.get(JAVA_INT, CALLED) != 0;
  }

  /**
   * A word of its own: the machine code takes instructions off what is left without any lock, so
   * that another thread's change of it would be lost or lose some.
   */
  @Override
  public void callFromOutside() {
    state.set(JAVA_INT, CALLED, 1);
    VarHandle.fullFence();
  }

  @Override
  public void callIsHeard() {
    state.set(JAVA_INT, CALLED, 0);
    VarHandle.fullFence();
  }

  /**
   * Lets machine code compare the words of each block with what is known of them, and call when
   * they differ.
   *
   * @param knownCode the address of the state that says what is known; 0 to compare no more
   */
  public void compareBlocks(long knownCode) {
    state.set(JAVA_LONG, KNOWN_CODE, knownCode);
  }

  /** Makes each block call, whatever the budget. */
  public void callAtEachBlock() {
    hide(EACH_BLOCK);
  }

  /** Makes blocks call when the budget is spent. */
  public void callWhenSpentOnly() {
    hide(0);
  }

  private void hide(long instructions) {
    long left = left();
    hidden = instructions;
    setLeft(left);
  }

  @Override
  public long counted() {
    return grantedBeyondCounted - left();
  }

  @Override
  public long takeCounted() {
    long left = left();
    long counted = grantedBeyondCounted - left;
    grantedBeyondCounted = left;
    return counted;
  }

  @Override
  public void grant(long instructions) {
    long counted = counted();
    setLeft(instructions);
    grantedBeyondCounted = instructions + counted;
  }

  @Override
  public void count(int instructions) {
    setLeft(left() - instructions);
  }

  @Override
  public void cutShort() {
    grant(0);
  }
}
