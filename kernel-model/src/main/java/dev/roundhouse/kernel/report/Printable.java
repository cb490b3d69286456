package dev.roundhouse.kernel.report;

/** Text that came from a program, made fit for a report. */
final class Printable {
  private static final int LONGEST = 80;

  private Printable() {}

  /** The text on one line without control characters, cut if it is very long. */
  static String of(String text) {
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return start
        .codePoints()
        .map(point -> Character.isISOControl(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
