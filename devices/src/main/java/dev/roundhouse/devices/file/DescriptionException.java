package dev.roundhouse.devices.file;

/**
 * What a user describes cannot be built: a file makes no sense, or things do not fit each other.
 * The message is for the user, one line.
 */
public final class DescriptionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, where, and what to do. */
  public DescriptionException(String message) {
    super(message);
  }
}
