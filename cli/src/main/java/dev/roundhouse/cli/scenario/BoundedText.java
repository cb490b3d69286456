package dev.roundhouse.cli.scenario;

/**
 * Text that can be looked at only so often: a regular expression that backtracks without end is
 * stopped, whatever it and the text are.
 */
final class BoundedText implements CharSequence {
  private static final long MOST_LOOKS = 50_000_000;

  private final String text;
  private long looks;

  BoundedText(String text) {
    this.text = text;
  }

  /** The text was looked at too often. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super("the regular expression takes too long; make it simpler");
    }
  }

  @Override
  public char charAt(int index) {
    if (++looks > MOST_LOOKS) {
      throw new ExhaustedException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
