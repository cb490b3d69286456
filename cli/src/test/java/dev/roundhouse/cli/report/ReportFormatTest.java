package dev.roundhouse.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.roundhouse.emulator.file.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportFormatTest {
  private static final TestSuite SUITE =
      new TestSuite(
          "conformance",
          List.of(
              of("send", "first # of all", new TestOutcome.Passed()),
              of("send", "cut", new TestOutcome.Failed("-2, not \"3\"\u001b", "a < b\nc & d")),
              of("", "alone", new TestOutcome.Broken("no engine", "")),
              of("mmap", "later", new TestOutcome.Skipped("not in this\nprofile"))));

  private static TestCase of(String group, String name, TestOutcome outcome) {
    return new TestCase(group, name, outcome, Duration.ofMillis(1250));
  }

  private static String written(ReportFormat format) throws IOException {
    StringWriter out = new StringWriter();
    format.write(SUITE, out);
    return out.toString();
  }

  @Test
  void theEndingOfTheNameSaysTheForm() {
    assertThat(ReportFormat.of(Path.of("a/b.xml"))).contains(ReportFormat.JUNIT);
    assertThat(ReportFormat.of(Path.of("b.TAP"))).contains(ReportFormat.TAP);
    assertThat(ReportFormat.of(Path.of("b.json"))).contains(ReportFormat.JSON);
    assertThat(ReportFormat.of(Path.of("xml"))).isEmpty();
    assertThat(ReportFormat.of(Path.of("/"))).isEmpty();
  }

  @Test
  void junitsFormIsValidXmlWithWhateverAGuestPrinted() throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(written(ReportFormat.JUNIT))))
            .getDocumentElement();
    assertThat(root.getAttribute("tests")).isEqualTo("4");
    assertThat(root.getAttribute("failures")).isEqualTo("1");
    assertThat(root.getAttribute("errors")).isEqualTo("1");
    assertThat(root.getAttribute("skipped")).isEqualTo("1");
    assertThat(root.getAttribute("time")).isEqualTo("5.000");
    Element cut = (Element) root.getElementsByTagName("testcase").item(1);
    assertThat(cut.getAttribute("classname")).isEqualTo("send");
    assertThat(cut.getAttribute("name")).isEqualTo("cut");
    Element failure = (Element) cut.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("-2, not \"3\"\\x1b");
    assertThat(failure.getTextContent()).isEqualTo("a < b\nc & d");
  }

  @Test
  void tapEscapesWhatWouldBeADirective() throws IOException {
    assertThat(written(ReportFormat.TAP))
        .isEqualTo(
            """
            TAP version 14
            1..4
            ok 1 - send/first \\# of all
            not ok 2 - send/cut
              ---
              severity: fail
              message: "-2, not \\"3\\"\\\\x1b"
              details: "a < b\\nc & d"
              ...
            not ok 3 - alone
              ---
              severity: error
              message: "no engine"
              ...
            ok 4 - mmap/later # SKIP not in this\\nprofile
            """);
  }

  @Test
  void jsonHoldsTheCountsAndTheCases() throws IOException {
    JsonObject report = JsonParser.parseString(written(ReportFormat.JSON)).getAsJsonObject();
    assertThat(report.get("passed").getAsInt()).isEqualTo(1);
    assertThat(report.get("broken").getAsInt()).isEqualTo(1);
    JsonObject cut = report.getAsJsonArray("cases").get(1).getAsJsonObject();
    assertThat(cut.get("outcome").getAsString()).isEqualTo("failed");
    assertThat(cut.get("message").getAsString()).isEqualTo("-2, not \"3\"\\x1b");
    assertThat(cut.get("seconds").getAsString()).isEqualTo("1.250");
  }

  @Test
  void aReportWithoutAKnownEndingOrFolderIsRefusedBeforeTheCasesRun(@TempDir Path folder) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ReportFile.at(folder.resolve("report.txt")))
        .withMessageContaining("must end in one of .xml, .tap, .json");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ReportFile.at(folder.resolve("missing/report.xml")))
        .withMessageContaining("missing does not exist");
  }

  @Test
  void aReportIsWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.tap");
    ReportFile.at(file).write(SUITE);
    assertThat(file).content().isEqualTo(written(ReportFormat.TAP));
    Path taken = Files.createDirectory(folder.resolve("taken.xml"));
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> ReportFile.at(taken));
  }
}
