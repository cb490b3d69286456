package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.KernelBoundary;
import dev.roundhouse.emulator.cpu.UserRegisters;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;

/**
 * Sees a kernel's boundary. Exceptions come to us anyway; interrupts and ERET are the engine's own
 * affair, so while the core is in the kernel each block is looked at, and the first one at EL0
 * shows that the kernel was left. Code at EL0 runs at full speed.
 */
final class BoundaryWatch {
  private static final int FIRST_SAVED = 1;

  private final SystemWindow window;
  private final BlockCounter counter;
  private final KernelBoundary boundary;
  private boolean isInKernel = true;

  BoundaryWatch(SystemWindow window, BlockCounter counter, KernelBoundary boundary) {
    this.window = window;
    this.counter = counter;
    this.boundary = boundary;
    counter.callAtEachBlock();
  }

  /** An exception is about to be taken. */
  void exception(int syndrome, long pc) {
    if (window.level() == 0) {
      enteringKernel();
      boundary.entered(syndrome, new Live(pc));
    }
  }

  private void enteringKernel() {
    isInKernel = true;
    counter.callAtEachBlock();
  }

  /** A block is about to start. */
  void block(long address, int instructions) {
    boolean isAtEl0 = window.level() == 0;
    if (isInKernel && isAtEl0) {
      isInKernel = false;
      counter.callWhenSpentOnly();
      boundary.left(new Live(address), instructions);
    } else if (!isInKernel && !isAtEl0) {
      enteringKernel();
      boundary.interrupted(new Banked());
    }
  }

  /** The next block may be the first one of an interrupt. */
  void interruptIsDue() {
    counter.callAtEachBlock();
  }

  /** While EL0 is left or not yet entered. */
  private final class Live implements UserRegisters {
    private final long pc;

    Live(long pc) {
      this.pc = pc;
    }

    @Override
    public long general(int number) {
      return window.general(number);
    }

    @Override
    public long sp() {
      return window.sp();
    }

    @Override
    public long pc() {
      return pc;
    }
  }

  /** At the first instruction of the kernel, which has not changed a register. */
  private final class Banked implements UserRegisters {
    @Override
    public long general(int number) {
      return window.general(number);
    }

    @Override
    public long sp() {
      return window.bank(SystemWindow.SP_EL0, 0);
    }

    @Override
    public long pc() {
      return window.bank(SystemWindow.ELR_EL0, Math.max(window.level(), FIRST_SAVED));
    }
  }
}
