package dev.roundhouse.emulator.timeline;

/** A file is no trace, or no whole one. */
public final class TraceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TraceException(String message) {
    super(message);
  }
}
