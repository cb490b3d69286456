package dev.roundhouse.emulator.cpu;

/**
 * The engine library cannot go on with what the guest does; the message says why, and what to do.
 */
public final class EngineLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public EngineLimitException(String message) {
    super(message);
  }
}
