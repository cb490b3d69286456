package dev.roundhouse.emulator.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfettoTraceTest {
  private static byte[] exported() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PerfettoTrace timeline = new PerfettoTrace(out);
    ExampleTrace.feed(ExampleTrace.TEXT, timeline);
    timeline.end();
    return out.toByteArray();
  }

  private static List<PerfettoReader.Event> events(String track) {
    return new PerfettoReader(exported())
        .events().stream().filter(event -> event.track().equals(track)).toList();
  }

  private static List<String> lines(String track) {
    return events(track).stream()
        .map(event -> event.nanos() + " " + event.type() + " " + event.name())
        .toList();
  }

  @Test
  void aTaskIsATrackWithItsStates() {
    assertThat(lines("tid 1 client"))
        .containsExactly(
            "0 begin running",
            "100 end ",
            "100 begin send-blocked on tid 2 server",
            "500 end ",
            "500 begin reply-blocked on tid 2 server",
            "600 end ",
            "600 begin running",
            "1000 end ");
  }

  @Test
  void callsAreSlicesBelowIt() {
    assertThat(lines("calls of tid 2"))
        .containsExactly(
            "500 begin recv",
            "500 instant message from tid 1 client",
            "500 end ",
            "600 begin reply",
            "600 end ");
  }

  @Test
  void aMessageIsAnArrowFromSendToReceiveToReply() {
    List<String> steps = new ArrayList<>();
    for (PerfettoReader.Event event : new PerfettoReader(exported()).events()) {
      event.flows().forEach(flow -> steps.add(event.name() + " " + flow));
    }
    assertThat(steps).containsExactly("send 1", "message from tid 1 client 1", "reply 1 last");
  }

  @Test
  void countersTellWhoIsReadyAndQueued() {
    assertThat(lines("senders queued at tid 2")).containsExactly("100 counter 1", "500 counter 0");
    assertThat(lines("ready tasks"))
        .containsExactly("0 counter 2", "100 counter 1", "400 counter 0", "600 counter 1");
  }

  @Test
  void aSerialLineShowsItsBytes() {
    assertThat(lines("UART2 sent")).containsExactly("300 instant A");
  }

  @Test
  void whoeverHasTheProcessorIsOnOneTrack() {
    assertThat(lines("processor"))
        .containsExactly(
            "0 begin tid 1 client",
            "100 end ",
            "100 begin tid 3 b\\x1bsy",
            "400 end ",
            "400 begin tid 2 server",
            "600 end ",
            "600 begin tid 1 client",
            "1000 end ");
  }

  /** protoc tells bytes that fit no field as numbers in place of names. */
  @Test
  void thePublishedFormatHasAllFields(@TempDir Path folder) throws Exception {
    Path protoc = Path.of("/usr/bin/protoc");
    assumeTrue(Files.isExecutable(protoc), "protoc (Debian: protobuf-compiler) is not here");
    Path timeline = Files.write(folder.resolve("timeline"), exported());
    try (InputStream proto = getClass().getResourceAsStream("perfetto-subset.proto")) {
      Files.copy(proto, folder.resolve("subset.proto"));
    }
    Process decoding =
        new ProcessBuilder(protoc.toString(), "--decode=Trace", "-I" + folder, "subset.proto")
            .redirectInput(timeline.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(decoding.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(decoding.waitFor()).isZero();
    assertThat(text)
        .contains("name: \"send-blocked on tid 2 server\"", "terminating_flow_ids: 1")
        .doesNotContainPattern("(?m)^ *\\d+[: ]");
  }
}
