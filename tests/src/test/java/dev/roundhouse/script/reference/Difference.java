package dev.roundhouse.script.reference;

/** What was seen is not what the reference says. */
final class Difference extends Exception {
  private static final long serialVersionUID = 1L;

  Difference(String message) {
    super(message);
  }
}
