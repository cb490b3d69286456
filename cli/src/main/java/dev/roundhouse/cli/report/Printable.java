package dev.roundhouse.cli.report;

/** Text of guests and files, made fit for a report. */
final class Printable {
  private static final int REPLACEMENT = 0xfffd;

  private Printable() {}

  /**
   * The text with each character that XML 1.0 (2.2, Char) does not allow replaced; none of them is
   * of use in the other forms either.
   */
  static String text(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> isAllowed(c) ? c : REPLACEMENT).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The text as a single line. */
  static String line(String text) {
    return text(text.replaceAll("\\R", " "));
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c < Character.MIN_SURROGATE)
        || (c > Character.MAX_SURROGATE && c <= REPLACEMENT)
        || Character.isSupplementaryCodePoint(c);
  }
}
