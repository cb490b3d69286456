package dev.roundhouse.script.reference;

/** What was seen is not what the reference says. */
final class MismatchException extends Exception {
  private static final long serialVersionUID = 1L;

  MismatchException(String message) {
    super(message);
  }
}
