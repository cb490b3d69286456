package dev.roundhouse.emulator.debuginfo;

/** Debug information is missing, damaged, or of a kind that is not read. The message says which. */
public final class DebugInfoException extends Exception {
  private static final long serialVersionUID = 1L;

  DebugInfoException(String message) {
    super(message);
  }
}
