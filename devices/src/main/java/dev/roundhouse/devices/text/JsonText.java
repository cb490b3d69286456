package dev.roundhouse.devices.text;

/** Strings of JSON (RFC 8259, 7) that can be shown on a terminal too. */
public final class JsonText {
  private JsonText() {}

  /** The string in its quotes; what {@link Printable} does not show as it is, is an escape. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> put(c, quoted));
    return quoted.append('"').toString();
  }

  /**
   * JSON text with the same meaning; what {@link Printable} does not show as it is, is an escape.
   */
  public static String shown(String json) {
    StringBuilder shown = new StringBuilder(json.length());
    json.codePoints()
        .forEach(c -> {
          if (Printable.isPlain(c)) {
            shown.appendCodePoint(c);
          } else {
            escape(c, shown);
          }
        });
    return shown.toString();
  }

  private static void put(int c, StringBuilder quoted) {
    if (c == '"' || c == '\\') {
      quoted.append('\\').append((char) c);
    } else if (c == '\n') {
      quoted.append("\\n");
    } else if (Printable.isPlain(c)) {
      quoted.appendCodePoint(c);
    } else {
      escape(c, quoted);
    }
  }

  private static void escape(int c, StringBuilder text) {
    for (char unit : Character.toChars(c)) {
      text.append("\\u%04x".formatted((int) unit));
    }
  }
}
