package dev.roundhouse.devices.text;

import java.util.function.IntPredicate;

/**
 * Text from files, names, command lines and guests, made fit to be shown. What would do something
 * to a terminal, break a line or turn the reading direction round is shown as an escape: a
 * backslash and n, r, t, x1b, u202e or u{e0001}. These are the general categories Cc, Cf, Zl, Zp,
 * Cs and Cn of the Unicode Standard, 4.5: control characters (C0, DEL, C1), format characters
 * (bidirectional overrides and isolates among them), separators of lines and paragraphs, lone
 * surrogates, and what is no character.
 */
public final class Printable {
  private static final int ONE_BYTE = 0x100;
  private static final String ELLIPSIS = "...";

  private Printable() {}

  /** The text on one line. */
  public static String line(String text) {
    return escaped(text, Printable::isPlain);
  }

  /** The text on one line, its first {@code most} characters if it is longer. */
  public static String line(String text, int most) {
    if (text.length() <= most) {
      return line(text);
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(most - 1));
    return line(text.substring(0, splitsPair ? most - 1 : most)) + ELLIPSIS;
  }

  /** The text with its lines as they are; they end in LF, or CR and LF. */
  public static String lines(String text) {
    return escaped(text.replace("\r\n", "\n"), c -> c == '\n' || isPlain(c));
  }

  /** Whether a character can be shown as it is. */
  public static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escaped(String text, IntPredicate isKept) {
    if (text.codePoints().allMatch(isKept)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          if (isKept.test(c)) {
            shown.appendCodePoint(c);
          } else {
            shown.append(escape(c));
          }
        });
    return shown.toString();
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        if (c < ONE_BYTE) {
          yield "\\x%02x".formatted(c);
        }
        yield Character.isBmpCodePoint(c) ? "\\u%04x".formatted(c) : "\\u{%x}".formatted(c);
      }
    };
  }
}
