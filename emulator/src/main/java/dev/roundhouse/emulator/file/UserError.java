package dev.roundhouse.emulator.file;

/** Something the user can put right. The message says what, where and what to do, in one line. */
public final class UserError extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** An error that ends the command with an exit code. */
  public UserError(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** An error with what the host said about it. */
  public UserError(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** How the command ends. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
