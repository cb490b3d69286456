package dev.roundhouse.emulator.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TraceTextTest {
  private static String shown(Optional<String> task, Optional<String> call, long from, long to) {
    StringBuilder shown = new StringBuilder();
    TraceText text = new TraceText(new TraceFilter(task, call, from, to), shown::append);
    ExampleTrace.feed(ExampleTrace.TEXT, text);
    text.end();
    return shown.toString();
  }

  @Test
  void aCallStandsWithItsResultOrIsToldWhenItHasOne() {
    assertThat(shown(Optional.of("client"), Optional.empty(), 0, 2000))
        .isEqualTo(
            """
            0.000000000s  tid 1 client: loaded program=client start=0x1000 end=0x2000
            0.000000000s  tid 1 client: dispatched
            0.000000100s  tid 1 client: send(to=2, msg=0x10, msg_bytes=4)
            0.000000100s  tid 1 client: send-blocked to=2
            0.000000500s  tid 1 client: reply-blocked by=2
            0.000000600s  tid 1 client: send = 8 after 0.000000500s
            0.000000600s  tid 1 client: dispatched
            0.000001000s  tid 1 client: exit()
            0.000001000s  tid 1 client: exited
            """);
  }

  @Test
  void aCallIsShownOfAllTasksWithWhatItGave() {
    assertThat(shown(Optional.empty(), Optional.of("recv"), 0, 2000))
        .isEqualTo(
            """
            0.000000400s  tid 3 b\\x1bsy: recv()
            0.000000500s  tid 2 server: recv()
            0.000000500s  tid 2 server: recv = 4
            """);
  }

  @Test
  void aStretchOfTimeIsShownWithDevices() {
    assertThat(shown(Optional.empty(), Optional.empty(), 200, 400))
        .startsWith("0.000000300s  frame-sent uart=UART2 value=65 'A'\n")
        .hasLineCount(4);
  }

  @Test
  void aTaskIsNamedByItsTidToo() {
    assertThat(shown(Optional.of("2"), Optional.of("reply"), 0, 2000)).hasLineCount(2);
  }

  @Test
  void whoAsksForATaskOrCallThatIsNotThereIsToldWhatIs() {
    TraceNames names = new TraceNames(new TraceText(everything(), _ -> {}));
    ExampleTrace.feed(ExampleTrace.TEXT, names);
    assertThat(names.missing(everything())).isEmpty();
    assertThat(names.missing(wanting("client", "recv"))).isEmpty();
    assertThat(names.missing(wanting("2", "recv"))).isEmpty();
    assertThat(names.missing(wanting("cleint", "recv")))
        .get(InstanceOfAssertFactories.STRING)
        .startsWith("--task cleint: no such task in it; it has ")
        .endsWith("1 client, 2 server, 3 b\\x1bsy; did you mean client?");
    assertThat(names.missing(wanting("client", "rcv")))
        .get(InstanceOfAssertFactories.STRING)
        .startsWith("--call rcv: no such call in it; it has exit, ")
        .endsWith("; did you mean recv?");
  }

  private static TraceFilter everything() {
    return new TraceFilter(Optional.empty(), Optional.empty(), 0, 2000);
  }

  private static TraceFilter wanting(String task, String call) {
    return new TraceFilter(Optional.of(task), Optional.of(call), 0, 2000);
  }
}
