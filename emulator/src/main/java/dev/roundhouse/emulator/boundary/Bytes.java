package dev.roundhouse.emulator.boundary;

/** Bytes of guest memory as text. */
final class Bytes {
  /** How many of a buffer are looked at. */
  static final int MOST = 4096;

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  private Bytes() {}

  /** Readable on one line, unambiguous. */
  static String quoted(String content) {
    StringBuilder text = new StringBuilder("\"");
    content
        .chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            text.append('\\').append((char) c);
          } else if (c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE) {
            text.append((char) c);
          } else {
            text.append("\\x%02x".formatted(c));
          }
        });
    return text.append('"').toString();
  }
}
