package dev.roundhouse.emulator.process;

/** A far end cannot be set up. The message says which, why, and what to do, in one line. */
public final class HostFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public HostFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
