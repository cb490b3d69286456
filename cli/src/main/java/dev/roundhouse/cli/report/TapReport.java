package dev.roundhouse.cli.report;

import com.google.gson.JsonPrimitive;
import dev.roundhouse.devices.text.Printable;
import java.io.IOException;
import java.io.Writer;

/**
 * The Test Anything Protocol, version 14 (testanything.org, "TAP 14 specification"): its YAML
 * diagnostics hold strings in double quotes, which YAML shares with JSON.
 */
final class TapReport {
  private TapReport() {}

  static void write(TestSuite suite, Writer out) throws IOException {
    out.write("TAP version 14\n1.." + suite.cases().size() + "\n");
    int number = 0;
    for (TestCase each : suite.cases()) {
      number++;
      testCase(number, each, out);
    }
  }

  private static void testCase(int number, TestCase each, Writer out) throws IOException {
    String point = number + " - " + description(each.fullName());
    switch (each.outcome()) {
      case TestOutcome.Passed() -> out.write("ok " + point + "\n");
      case TestOutcome.Skipped(String reason) ->
          out.write("ok " + point + " # SKIP " + Printable.line(reason) + "\n");
      case TestOutcome.Failed(String message, String details) -> {
        out.write("not ok " + point + "\n");
        diagnostics("fail", message, details, out);
      }
      case TestOutcome.Broken(String message, String details) -> {
        out.write("not ok " + point + "\n");
        diagnostics("error", message, details, out);
      }
    }
  }

  private static void diagnostics(String severity, String message, String details, Writer out)
      throws IOException {
    out.write("  ---\n  severity: " + severity + "\n");
    out.write("  message: " + quoted(Printable.line(message)) + "\n");
    if (!details.isEmpty()) {
      out.write("  details: " + quoted(Printable.lines(details)) + "\n");
    }
    out.write("  ...\n");
  }

  /** A number sign would begin a directive, a backslash an escape. */
  private static String description(String name) {
    return Printable.line(name).replace("\\", "\\\\").replace("#", "\\#");
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }
}
