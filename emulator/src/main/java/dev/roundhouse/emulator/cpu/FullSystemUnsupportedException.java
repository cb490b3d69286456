package dev.roundhouse.emulator.cpu;

/** The engine library cannot run a whole kernel; the message says why, and what to install. */
public final class FullSystemUnsupportedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public FullSystemUnsupportedException(String message) {
    super(message);
  }
}
