package dev.roundhouse.emulator.timeline;

import dev.roundhouse.devices.trace.TraceSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A trace in which tid 1 waits for tid 2, which is less urgent than tid 3, which runs. */
final class ExampleTrace {
  static final String TEXT =
      """
      {"t":0,"e":"created","tid":1,"parent":0,"priority":1}
      {"t":0,"e":"created","tid":2,"parent":0,"priority":9}
      {"t":0,"e":"created","tid":3,"parent":0,"priority":5}
      {"t":0,"e":"ready","tid":1,"result":0}
      {"t":0,"e":"ready","tid":2,"result":0}
      {"t":0,"e":"ready","tid":3,"result":0}
      {"t":0,"e":"loaded","tid":1,"program":"client","start":"0x1000","end":"0x2000"}
      {"t":0,"e":"loaded","tid":2,"program":"server","start":"0x1000","end":"0x2000"}
      {"t":0,"e":"loaded","tid":3,"program":"b\\u001bsy","start":"0x1000","end":"0x2000"}
      {"t":0,"e":"dispatched","tid":1}
      {"t":100,"e":"call","tid":1,"call":"send","to":2,"msg":"0x10","msg_bytes":4}
      {"t":100,"e":"send-blocked","tid":1,"to":2}
      {"t":100,"e":"dispatched","tid":3}
      {"t":300,"e":"frame-sent","uart":"UART2","value":65}
      {"t":400,"e":"call","tid":3,"call":"recv"}
      {"t":400,"e":"receive-blocked","tid":3}
      {"t":400,"e":"dispatched","tid":2}
      {"t":500,"e":"call","tid":2,"call":"recv"}
      {"t":500,"e":"reply-blocked","tid":1,"by":2}
      {"t":500,"e":"ready","tid":2,"result":4}
      {"t":500,"e":"dispatched","tid":2}
      {"t":600,"e":"call","tid":2,"call":"reply","to":1}
      {"t":600,"e":"ready","tid":1,"result":8}
      {"t":600,"e":"ready","tid":2,"result":8}
      {"t":600,"e":"dispatched","tid":1}
      {"t":1000,"e":"call","tid":1,"call":"exit"}
      {"t":1000,"e":"exited","tid":1}
      """;

  private ExampleTrace() {}

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static TraceLines feed(String text, TraceSink sink) {
    TraceLines lines = new TraceLines(stream(text));
    EventFields event = new EventFields();
    try {
      while (lines.next(event)) {
        sink.emit(lines.nanos(), event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
