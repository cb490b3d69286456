package dev.roundhouse.emulator.run;

import dev.roundhouse.emulator.cpu.InstructionBudget;

/** A budget whose instructions a test counts. */
public final class CountedBudget implements InstructionBudget {
  public long counted;
  public long granted;
  public boolean isCalled;

  @Override
  public long counted() {
    return counted;
  }

  @Override
  public long takeCounted() {
    long taken = counted;
    counted = 0;
    return taken;
  }

  @Override
  public void grant(long instructions) {
    granted = instructions;
  }

  @Override
  public void count(int instructions) {
    counted += instructions;
  }

  @Override
  public void cutShort() {
    granted = 0;
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
