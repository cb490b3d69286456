package dev.roundhouse.cli.session;

import com.google.gson.JsonObject;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.emulator.file.ExitCode;

/** What a command could not do, for other programs. */
public final class FailureSummary {
  private FailureSummary() {}

  /** One JSON object in one line, with the fields that every run's summary has. */
  public static String line(int exitCode, String reason) {
    JsonObject json = new JsonObject();
    json.addProperty("end", word(exitCode));
    json.addProperty("reason", reason);
    json.addProperty("exitCode", exitCode);
    return JsonText.shown(json.toString());
  }

  private static String word(int exitCode) {
    if (exitCode == ExitCode.PROGRAM.code()) {
      return "cannot-load";
    }
    return exitCode == ExitCode.USAGE.code() ? "not-started" : "internal-error";
  }
}
