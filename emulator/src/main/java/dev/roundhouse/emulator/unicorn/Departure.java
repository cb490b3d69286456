package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.emulator.cpu.AfterTrap;
import org.jspecify.annotations.Nullable;

/**
 * How the engine is left. Nothing that a trap's handler throws may cross the engine, because that
 * ends the JVM: it is kept, the engine is stopped, and outside of it {@link #throwWhatWasKept}
 * throws it on.
 */
final class Departure {
  private final LibUnicorn library;
  private final long engine;
  private final BlockCounter counter;
  private @Nullable Throwable kept;
  private boolean isLeaving;

  Departure(LibUnicorn library, long engine, BlockCounter counter) {
    this.library = library;
    this.engine = engine;
    this.counter = counter;
  }

  /** The engine is about to run. */
  void stay() {
    isLeaving = false;
  }

  /** Whether the engine is to be left. */
  boolean isLeaving() {
    return isLeaving;
  }

  /** Whether something is kept that waits for the next block. */
  boolean hasFailed() {
    return kept != null;
  }

  /** Does what a handler answered. */
  void follow(AfterTrap next) {
    if (next == AfterTrap.LEAVE) {
      isLeaving = true;
      library.stop(engine);
    }
  }

  /** Does what a handler answered, where the engine need not be stopped or is so in another way. */
  void followOutside(AfterTrap next) {
    isLeaving |= next == AfterTrap.LEAVE;
  }

  /** Keeps what a handler threw and stops the engine. */
  void keep(Throwable failure) {
    if (kept == null) {
      kept = failure;
    }
    follow(AfterTrap.LEAVE);
  }

  /** Keeps what a device threw: an engine stopped inside its access would repeat the access. */
  void keepUntilNextBlock(Throwable failure) {
    if (kept == null) {
      kept = failure;
    }
    counter.cutShort();
  }

  /** Throws what was kept, if anything was. */
  void throwWhatWasKept() {
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
