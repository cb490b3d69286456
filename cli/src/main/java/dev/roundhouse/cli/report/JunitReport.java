package dev.roundhouse.cli.report;

import dev.roundhouse.devices.text.Printable;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit's report, in the form that Maven Surefire writes and build servers read. */
final class JunitReport {
  private static final double NANOS_PER_SECOND = 1e9;

  private final XMLStreamWriter xml;

  private JunitReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static void write(TestSuite suite, Writer out) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      new JunitReport(xml).suite(suite);
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
    out.write('\n');
  }

  private void suite(TestSuite suite) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    newLine("");
    xml.writeStartElement("testsuite");
    attribute("name", suite.name());
    attribute("tests", Integer.toString(suite.cases().size()));
    attribute("failures", Long.toString(suite.count(TestOutcome.Failed.class)));
    attribute("errors", Long.toString(suite.count(TestOutcome.Broken.class)));
    attribute("skipped", Long.toString(suite.count(TestOutcome.Skipped.class)));
    attribute("time", seconds(suite.took()));
    for (TestCase each : suite.cases()) {
      testCase(each);
    }
    newLine("");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void testCase(TestCase each) throws XMLStreamException {
    newLine("  ");
    xml.writeStartElement("testcase");
    attribute("classname", each.group());
    attribute("name", each.name());
    attribute("time", seconds(each.took()));
    switch (each.outcome()) {
      case TestOutcome.Passed() -> {
        // A case without anything inside has passed.
      }
      case TestOutcome.Failed(String message, String details) ->
          problem("failure", message, details);
      case TestOutcome.Broken(String message, String details) -> problem("error", message, details);
      case TestOutcome.Skipped(String reason) -> problem("skipped", reason, "");
    }
    xml.writeEndElement();
  }

  private void problem(String element, String message, String details) throws XMLStreamException {
    xml.writeStartElement(element);
    attribute("message", Printable.line(message));
    if (!details.isEmpty()) {
      xml.writeCharacters(Printable.lines(details));
    }
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Printable.line(value));
  }

  private void newLine(String indent) throws XMLStreamException {
    xml.writeCharacters("\n" + indent);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / NANOS_PER_SECOND);
  }
}
