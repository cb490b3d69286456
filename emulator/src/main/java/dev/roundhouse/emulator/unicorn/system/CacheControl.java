package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.Caching;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.TreeSet;

/**
 * Knows what is cached for the code that runs, by SCTLR_EL2 at EL2 and by SCTLR_EL1 below, and has
 * the next block looked at when that may have changed: after a write to one of them, and after an
 * exception to EL2 or a return from there, which the engine does without us: each {@code eret} of
 * EL2 is given a hook when it is translated.
 */
final class CacheControl {
  private static final int HYPERVISOR = 2;
  private static final int MOST_RETURNS = 1024;
  private static final long MMU_AND_DATA = 1 | 1 << 2;
  private static final long INSTRUCTIONS = 1 << 12;

  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final CodeWatch.Code code;
  private final Runnable lookSoon;
  private final EventSites.Hook onReturn;
  private final Set<Long> returns = new TreeSet<>();
  private Caching ofHypervisor = Caching.NOTHING;
  private Caching below = Caching.NOTHING;
  private boolean mayHaveChanged = true;
  private boolean wasAtHypervisor;

  /** {@code lookSoon} has the machine called before the next block. */
  CacheControl(
      SystemWindow window,
      SystemRegisterFile registers,
      CodeWatch.Code code,
      Runnable lookSoon,
      Arena lifetime) {
    this.window = window;
    this.registers = registers;
    this.code = code;
    this.lookSoon = lookSoon;
    onReturn = new EventSites.Hook(NativeFunctions.callback(this::onReturn, lifetime), 0);
  }

  /** Looks at an instruction of a new block; whether the block must be translated anew. */
  boolean look(long at, int instruction) {
    boolean isNew =
        instruction == Opcode.ERET
            && isAtHypervisor()
            && returns.size() < MOST_RETURNS
            && returns.add(at);
    if (isNew) {
      code.hook(at, onReturn);
    }
    return isNew;
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

  /**
   * Called by the engine before a return, which ends its block: (engine, address, size, user data).
   */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onReturn(long uc, long address, long bytes, long user, long e) {
    lookSoon.run();
    return 0;
  }
}
