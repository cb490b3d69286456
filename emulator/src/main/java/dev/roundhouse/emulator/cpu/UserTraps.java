package dev.roundhouse.emulator.cpu;

import dev.roundhouse.kernel.report.Fault;

/** What a {@link Cpu} at EL0 asks of the machine around it. */
public interface UserTraps extends Traps {
  /**
   * Code executed {@code svc #immediate}; pc is behind it. All instructions up to and including the
   * svc are counted.
   */
  AfterTrap supervisorCall(int immediate);

  /** Code is about to execute an instruction that is watched, and goes on with it. */
  default void reached(long pc) {}

  /**
   * A store is about to write, and goes on with it; told of once all stores are watched ({@link
   * Cpu#watchStores}), of one that is tried again each time. Registers are those of {@link
   * Cpu#readDuringAccess}.
   */
  default void stores(long address, int bytes) {}

  /** Code could not go on; pc is the instruction that failed. */
  AfterTrap fault(Fault fault);

  /**
   * A load or store is about to access memory that was closed ({@link PageAccess#close}); pc is
   * that instruction, and all before it are counted. It is tried again: whoever answers opens the
   * memory.
   *
   * @param address the first byte of it that is closed
   */
  default AfterTrap closedAccess(long address, Fault.Access direction) {
    throw new IllegalStateException("nobody closed 0x%x".formatted(address));
  }

  /**
   * A store is about to write to a page that code runs from; pc is that instruction, and all before
   * it are counted. It is tried again.
   */
  default AfterTrap codeWrite(long address, int bytes) {
    return AfterTrap.RESUME;
  }

  /**
   * Code executed {@code hlt #0xf000}, which asks a debugger for a service (Arm Semihosting for
   * AArch32 and AArch64, 2.0); pc is at that instruction.
   */
  AfterTrap semihosting();
}
