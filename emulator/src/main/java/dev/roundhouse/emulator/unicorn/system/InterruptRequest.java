package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.emulator.unicorn.core.ExceptionEntry;
import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;

/**
 * The interrupt controller's request to the core. Below EL2 it is a virtual interrupt (HCR_EL2.IMO
 * and VI): the engine masks and takes those itself, but looks for them only between runs of linked
 * blocks, so a new one needs a block whose pc is written. At EL2, where virtual interrupts are
 * never taken, the mask is looked at before each block.
 *
 * <p>A kernel that is its own hypervisor, with interrupts of EL1 routed to EL2, is not served: the
 * request goes to EL1.
 */
final class InterruptRequest {
  private static final long VIRTUAL_REQUEST = 1 << 7;
  private static final long ROUTED = 1 << 4;
  private static final long MASKED = 1 << 7;
  private static final int HYPERVISOR = 2;

  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final ExceptionEntry exceptions;
  private boolean requested;
  private boolean raised;
  private boolean isUnnoticed;

  InterruptRequest(SystemWindow window, SystemRegisterFile registers, ExceptionEntry exceptions) {
    this.window = window;
    this.registers = registers;
    this.exceptions = exceptions;
  }

  /**
   * Takes the request's level.
   *
   * @return whether the next block must not start without {@link #deliver}
   */
  boolean request(Level level) {
    boolean isHigh = level == Level.HIGH;
    if (isHigh != requested) {
      requested = isHigh;
      if (isHigh) {
        isUnnoticed = true;
        raiseBelowHypervisor();
      } else {
        isUnnoticed = false;
        lower();
      }
    }
    return isUnnoticed;
  }

  private void raiseBelowHypervisor() {
    if (!raised && window.level() < HYPERVISOR) {
      var configuration = registers.hypervisorConfiguration();
      configuration.write(configuration.read() | ROUTED | VIRTUAL_REQUEST);
      raised = true;
    }
  }

  private void lower() {
    if (raised) {
      var configuration = registers.hypervisorConfiguration();
      configuration.write(configuration.read() & ~VIRTUAL_REQUEST);
      raised = false;
    }
  }

  /**
   * Makes the engine see the request before a block starts.
   *
   * @return whether pc is set, to the block or to the vector of the interrupt, and the block must
   *     not go on
   */
  boolean deliver(long block) {
    if (!isUnnoticed) {
      return false;
    }
    if (window.level() == HYPERVISOR) {
      return takeAtHypervisor(block);
    }
    raiseBelowHypervisor();
    isUnnoticed = false;
    window.setPc(block);
    return true;
  }

  private boolean takeAtHypervisor(long block) {
    boolean isRouted = (registers.hypervisorConfiguration().read() & ROUTED) != 0;
    if (!isRouted || (window.masks() & MASKED) != 0) {
      return false;
    }
    exceptions.takeInterrupt(block);
    return true;
  }

  /** The engine goes on within a block: what is to be seen before the next one is not seen yet. */
  void holdUntilNextBlock() {
    if (isUnnoticed) {
      lower();
    }
  }

  /** Whether the mask must be looked at before each block. */
  boolean isPolled() {
    return isUnnoticed;
  }
}
