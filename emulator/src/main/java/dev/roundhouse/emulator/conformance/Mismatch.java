package dev.roundhouse.emulator.conformance;

/**
 * Something that is not as it must be.
 *
 * @param what of which it is
 * @param expected what must be seen
 * @param seen what was seen
 */
public record Mismatch(String what, String expected, String seen) {
  private static final int LONGEST = 400;
  private static final String NOTHING = "(nothing)";

  /** The difference in three lines. */
  public String text() {
    int start = firstDifference();
    return "%s\n  expected: %s\n  seen:     %s"
        .formatted(what, part(expected, start), part(seen, start));
  }

  private int firstDifference() {
    int at = 0;
    while (at < expected.length() && at < seen.length() && expected.charAt(at) == seen.charAt(at)) {
      at++;
    }
    return at;
  }

  /** What is too long to read is cut to what is around the first difference. */
  private static String part(String text, int difference) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    int start = text.length() <= LONGEST ? 0 : Math.max(0, difference - LONGEST / 2);
    int end = Math.min(text.length(), start + LONGEST);
    return (start > 0 ? "..." : "")
        + text.substring(Math.min(start, end), end)
        + (end < text.length() ? "..." : "");
  }
}
