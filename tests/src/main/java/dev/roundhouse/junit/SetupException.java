package dev.roundhouse.junit;

/** A machine cannot be set up as a test asks for; the message says what, where and what to do. */
public final class SetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SetupException(String message) {
    super(message);
  }

  SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
