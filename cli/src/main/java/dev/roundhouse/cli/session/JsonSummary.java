package dev.roundhouse.cli.session;

import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.emulator.machine.RunResult;

/** The summary of a run for other programs: one JSON object in one line. */
final class JsonSummary {
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
    raw(key, JsonText.quoted(value));
  }
}
