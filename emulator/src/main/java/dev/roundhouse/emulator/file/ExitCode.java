package dev.roundhouse.emulator.file;

/** The exit codes of the command; part of what users rely on. */
public enum ExitCode {
  /** All is well. */
  FINISHED(0, "the run finished, a task made the quit call, or Ctrl-A x ended it"),
  /** Our mistake, or the host's. */
  INTERNAL(
      1,
      "internal error, crash, too little memory, output that cannot be written, or a shared file"
          + " made shorter"),
  /** The command line makes no sense or asks for what the host has not. */
  USAGE(2, "the command line is wrong, or names what this host does not have"),
  /** A program is missing or broken. */
  PROGRAM(3, "a program or kernel cannot be loaded or is not known; a recording cannot be used"),
  /** A program failed. */
  FAULT(4, "a task took a fault or passed a bad pointer, or the kernel would have crashed"),
  /** Tasks wait for one another. */
  DEADLOCK(5, "deadlock"),
  /** A program broke the kernel's contract in a strict run. */
  VIOLATION(6, "contract violation under --strict"),
  /** A run is not what a recording, an expectation or the kernel model says. */
  DIFFERENT(
      7,
      "a replay, a scenario, a case of conform, a kernel under diff, a stub, or a text of the console is not as"
          + " expected"),
  /** The run took too long. */
  TIMEOUT(42, "--timeout or --wall-timeout was reached");

  private final int code;
  private final String description;

  ExitCode(int code, String description) {
    this.code = code;
    this.description = description;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** When it is used, for help texts. */
  public String description() {
    return description;
  }
}
