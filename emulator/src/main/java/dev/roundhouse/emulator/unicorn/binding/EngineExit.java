package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.cpu.AfterTrap;
import org.jspecify.annotations.Nullable;

/**
 * How the engine is left. Nothing that a trap's handler throws may cross the engine, because that
 * ends the JVM: it is kept, the engine is stopped, and outside of it {@link #throwWhatWasKept}
 * throws it on.
 */
public final class EngineExit {
  private final LibUnicorn library;
  private final long engine;
  private final BlockCounter counter;
  private @Nullable Throwable kept;
  private boolean isLeaving;

  /** The way out of an engine that is stopped as {@code counter} says. */
  public EngineExit(LibUnicorn library, long engine, BlockCounter counter) {
    this.library = library;
    this.engine = engine;
    this.counter = counter;
  }

  /** The engine is about to run. */
  public void stay() {
    isLeaving = false;
  }

  /** Whether the engine is to be left. */
  public boolean isLeaving() {
    return isLeaving;
  }

  /** Whether something is kept that waits for the next block. */
  public boolean hasFailed() {
    return kept != null;
  }

  /** Does what a handler answered. */
  public void follow(AfterTrap next) {
    if (next == AfterTrap.LEAVE) {
      isLeaving = true;
      library.stop(engine);
    }
  }

  /** Does what a handler answered, where the engine need not be stopped or is so in another way. */
  public void followOutside(AfterTrap next) {
    isLeaving |= next == AfterTrap.LEAVE;
  }

  /** Keeps what a handler threw and stops the engine. */
  public void keep(Throwable failure) {
    if (kept == null) {
      kept = failure;
    }
    follow(AfterTrap.LEAVE);
  }

  /** Keeps what a device threw: an engine stopped inside its access would repeat the access. */
  public void keepUntilNextBlock(Throwable failure) {
    if (kept == null) {
      kept = failure;
    }
    counter.cutShort();
  }

  /** Throws what was kept, if anything was. */
  public void throwWhatWasKept() {
    Throwable failure = kept;
    kept = null;
    switch (failure) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new IllegalStateException("a trap's handler failed", failure);
    }
  }
}
