package dev.roundhouse.cli.report;

import com.google.gson.stream.JsonWriter;
import dev.roundhouse.devices.text.Printable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;

/** A report as one JSON object: counts, then the cases in their order. */
final class JsonReport {
  private static final int MILLI = 3;

  private JsonReport() {}

  static void write(TestSuite suite, Writer out) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setIndent("  ");
    json.beginObject();
    json.name("suite").value(suite.name());
    json.name("tests").value(suite.cases().size());
    json.name("passed").value(suite.count(TestOutcome.Passed.class));
    json.name("failed").value(suite.count(TestOutcome.Failed.class));
    json.name("broken").value(suite.count(TestOutcome.Broken.class));
    json.name("skipped").value(suite.count(TestOutcome.Skipped.class));
    json.name("seconds").value(seconds(suite.took()));
    json.name("cases").beginArray();
    for (TestCase each : suite.cases()) {
      testCase(each, json);
    }
    json.endArray().endObject();
    json.flush();
    out.write('\n');
  }

  private static void testCase(TestCase each, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("group").value(Printable.line(each.group()));
    json.name("name").value(Printable.line(each.name()));
    switch (each.outcome()) {
      case TestOutcome.Passed() -> json.name("outcome").value("passed");
      case TestOutcome.Failed(String message, String details) ->
          problem("failed", message, details, json);
      case TestOutcome.Broken(String message, String details) ->
          problem("broken", message, details, json);
      case TestOutcome.Skipped(String reason) -> problem("skipped", reason, "", json);
    }
    json.name("seconds").value(seconds(each.took()));
    json.endObject();
  }

  private static void problem(String outcome, String message, String details, JsonWriter json)
      throws IOException {
    json.name("outcome").value(outcome);
    json.name("message").value(Printable.line(message));
    if (!details.isEmpty()) {
      json.name("details").value(Printable.lines(details));
    }
  }

  private static BigDecimal seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), MILLI);
  }
}
