package dev.roundhouse.emulator.run;

import dev.roundhouse.emulator.cpu.InstructionBudget;
import org.jspecify.annotations.Nullable;

/**
 * How other threads make a machine look up from guest code before it is time, which moves neither
 * virtual time nor any event. A call that comes while the machine looks is not lost: what it is
 * about was there before it, and it stands until it is heard, which is before the machine looks.
 */
public final class OutsideCall {
  private volatile boolean isCalling;
  private @Nullable InstructionBudget processor;

  /** Nobody calls yet, and there is no processor. */
  public OutsideCall() {
    // As the fields say.
  }

  /** Any thread calls. */
  public synchronized void call() {
    isCalling = true;
    if (processor != null) {
      processor.callFromOutside();
    }
  }

  /** Whether somebody calls. */
  public boolean isCalling() {
    return isCalling;
  }

  /** The machine is about to look. */
  public void heard() {
    if (isCalling) {
      hear();
    }
  }

  private synchronized void hear() {
    isCalling = false;
    if (processor != null) {
      processor.callIsHeard();
    }
  }

  /** The processor that executes guest code from now on. */
  public synchronized void reach(InstructionBudget newProcessor) {
    processor = newProcessor;
    if (isCalling) {
      newProcessor.callFromOutside();
    }
  }

  /** There is no processor any more: it is about to be closed. */
  public synchronized void reachNobody() {
    processor = null;
  }
}
