package dev.roundhouse.emulator.conformance.processor;

import dev.roundhouse.emulator.cpu.InstructionBudget;

/** The budget of a processor that counts each block at its start. */
final class BlockBudget implements InstructionBudget {
  private long left;
  private long leftWhenTaken;
  private volatile boolean isCalled;

  /** Whether the next block is to be told before it runs. */
  boolean isSpent() {
    return left < 0 || isCalled;
  }

  /** How many instructions may still begin without a call. */
  long left() {
    return left;
  }

  /** Counts instructions. */
  void countAll(long instructions) {
    left -= instructions;
  }

  @Override
  public void count(int instructions) {
    countAll(instructions);
  }

  @Override
  public long counted() {
    return leftWhenTaken - left;
  }

  @Override
  public long takeCounted() {
    long counted = counted();
    leftWhenTaken = left;
    return counted;
  }

  @Override
  public void grant(long instructions) {
    leftWhenTaken = instructions + counted();
    left = instructions;
  }

  @Override
  public void cutShort() {
    grant(0);
  }

  @Override
  public void callFromOutside() {
    isCalled = true;
  }

  @Override
  public void callIsHeard() {
    isCalled = false;
  }
}
