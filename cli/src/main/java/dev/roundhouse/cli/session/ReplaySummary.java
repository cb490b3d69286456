package dev.roundhouse.cli.session;

import com.google.gson.JsonObject;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.record.ReplayOutcome;
import java.math.BigDecimal;

/** The summary of a replay for other programs: one JSON object in one line. */
record ReplaySummary(ReplayOutcome outcome, int exitCode) {
  private static final int NANO_DIGITS = 9;

  /** The object. */
  String line() {
    JsonObject json = new JsonObject();
    switch (outcome) {
      case ReplayOutcome.Identical(var result, long events) -> {
        same(json, "identical", result.at(), events);
        json.addProperty("end", result.end().word());
        json.addProperty("reason", result.end().text());
      }
      case ReplayOutcome.IdenticalUntilCut(VirtualTime until, long events) ->
          same(json, "identical-until-cut", until, events);
      case ReplayOutcome.IdenticalUntilTimeout(VirtualTime until, long events) ->
          same(json, "identical-until-timeout", until, events);
      case ReplayOutcome.Different(var difference) -> {
        json.addProperty("replay", "different");
        json.addProperty("reason", difference.text());
      }
    }
    json.addProperty("exitCode", exitCode);
    return JsonText.shown(json.toString());
  }

  private static void same(JsonObject json, String word, VirtualTime until, long events) {
    json.addProperty("replay", word);
    json.addProperty("virtualSeconds", BigDecimal.valueOf(until.nanos(), NANO_DIGITS));
    json.addProperty("events", events);
  }
}
