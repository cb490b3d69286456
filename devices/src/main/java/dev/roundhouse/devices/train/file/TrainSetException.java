package dev.roundhouse.devices.train.file;

/** The train set that a user asks for cannot be built; the message is for the user, one line. */
public final class TrainSetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, where, and what to do. */
  public TrainSetException(String message) {
    super(message);
  }
}
