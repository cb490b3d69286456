package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.machine.RunResult;

/** The summary of a run for other programs: one JSON object in one line. */
final class JsonSummary {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int HEX_DIGITS = 4;
  private static final int RADIX = 16;

  private final StringBuilder json = new StringBuilder("{");

  private JsonSummary() {}

  /**
   * The object.
   *
   * @param violations how many were seen
   * @param engine the engine library, its version and place
   */
  static String of(RunResult result, long violations, String engine) {
    JsonSummary summary = new JsonSummary();
    summary.text("end", RunReport.word(result.end()));
    summary.text("reason", RunReport.text(result.end()));
    summary.raw("exitCode", Integer.toString(RunReport.exitCode(result.end())));
    String at = result.at().toString();
    summary.raw("virtualSeconds", at.endsWith("s") ? at.substring(0, at.length() - 1) : at);
    summary.raw("instructions", Long.toString(result.instructions()));
    summary.raw("systemCalls", Long.toString(result.supervisorCalls()));
    summary.raw("violations", Long.toString(violations));
    summary.text("engine", engine);
    return summary.json.append('}').toString();
  }

  private void raw(String key, String value) {
    if (json.length() > 1) {
      json.append(',');
    }
    json.append('"').append(key).append("\":").append(value);
  }

  private void text(String key, String value) {
    raw(key, quoted(value));
  }

  /** A JSON string (RFC 8259, 7). */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
        String digits = Integer.toString(c, RADIX);
        quoted.append("\\u").append("0".repeat(HEX_DIGITS - digits.length())).append(digits);
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
