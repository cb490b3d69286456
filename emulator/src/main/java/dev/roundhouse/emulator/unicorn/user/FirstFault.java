package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.kernel.report.Fault;
import org.jspecify.annotations.Nullable;

/** Keeps the fault that ends the way down to EL0. */
final class FirstFault implements UserTraps {
  private @Nullable Fault fault;

  /** The fault; null before there was one. */
  @Nullable Fault seen() {
    return fault;
  }

  @Override
  public AfterTrap supervisorCall(int immediate) {
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap fault(Fault seen) {
    fault = seen;
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap waitForInterrupt() {
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap semihosting() {
    return AfterTrap.LEAVE;
  }
}
