package dev.roundhouse.cli.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** In what form a report is written: the ending of its file's name says it. */
public enum ReportFormat {
  /** What build servers read. */
  JUNIT(".xml"),
  /** The Test Anything Protocol, version 14. */
  TAP(".tap"),
  /** One JSON object. */
  JSON(".json");

  private final String ending;

  ReportFormat(String ending) {
    this.ending = ending;
  }

  /** The form that a file's name asks for, if any does. */
  public static Optional<ReportFormat> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> name.endsWith(format.ending)).findFirst();
  }

  /** The endings that there are, for a message. */
  public static String endings() {
    return Arrays.stream(values()).map(format -> format.ending).collect(Collectors.joining(", "));
  }

  /** Writes a suite, and leaves {@code out} open. */
  public void write(TestSuite suite, Writer out) throws IOException {
    Form form =
        switch (this) {
          case JUNIT -> JunitReport::write;
          case TAP -> TapReport::write;
          case JSON -> JsonReport::write;
        };
    form.write(suite, out);
  }

  private interface Form {
    void write(TestSuite suite, Writer out) throws IOException;
  }
}
