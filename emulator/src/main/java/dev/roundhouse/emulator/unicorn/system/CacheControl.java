package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.Caching;

/**
 * Knows what is cached for the code that runs, by SCTLR_EL2 at EL2 and by SCTLR_EL1 below, and has
 * the next block looked at when that may have changed: after a write to one of them, and after an
 * exception to EL2 or a return from there, which the engine does without us.
 */
final class CacheControl {
  private static final int HYPERVISOR = 2;
  private static final long MMU_AND_DATA = 1 | 1 << 2;
  private static final long INSTRUCTIONS = 1 << 12;

  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final Runnable lookSoon;
  private Caching ofHypervisor = Caching.NOTHING;
  private Caching below = Caching.NOTHING;
  private boolean mayHaveChanged = true;
  private boolean wasAtHypervisor;

  /** {@code lookSoon} has the machine called before the next block. */
  CacheControl(SystemWindow window, SystemRegisterFile registers, Runnable lookSoon) {
    this.window = window;
    this.registers = registers;
    this.lookSoon = lookSoon;
  }

  /** What is cached at the present exception level. */
  Caching now() {
    if (mayHaveChanged) {
      mayHaveChanged = false;
      ofHypervisor = of(HYPERVISOR);
      below = of(1);
    }
    wasAtHypervisor = isAtHypervisor();
    return wasAtHypervisor ? ofHypervisor : below;
  }

  private Caching of(int level) {
    long control = registers.control(level);
    if ((control & INSTRUCTIONS) == 0) {
      return Caching.NOTHING;
    }
    return (control & MMU_AND_DATA) == MMU_AND_DATA ? Caching.ALL : Caching.INSTRUCTIONS;
  }

  private boolean isAtHypervisor() {
    return window.level() == HYPERVISOR;
  }

  /** A control register is about to be written; that ends its block. */
  void controlWritten() {
    mayHaveChanged = true;
    lookSoon.run();
  }

  /** An exception was taken. */
  void exceptionTaken() {
    if (isAtHypervisor() != wasAtHypervisor) {
      lookSoon.run();
    }
  }

  /** Code is about to return from an exception at EL2; that ends its block. */
  void returning() {
    lookSoon.run();
  }
}
