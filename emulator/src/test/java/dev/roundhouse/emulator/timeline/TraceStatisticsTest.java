package dev.roundhouse.emulator.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class TraceStatisticsTest {
  private static TraceStatistics of(String text) {
    TraceStatistics statistics = new TraceStatistics();
    ExampleTrace.feed(text, statistics);
    statistics.end();
    return statistics;
  }

  private static JsonArray tasks() {
    return JsonParser.parseString(of(ExampleTrace.TEXT).json())
        .getAsJsonObject()
        .getAsJsonArray("tasks");
  }

  @Test
  void eachTaskHasItsShareOfTheProcessor() {
    assertThat(tasks())
        .extracting(task -> task.getAsJsonObject().get("runNanos").getAsLong())
        .containsExactly(500L, 200L, 300L);
  }

  @Test
  void aMessageIsTimedByItsSenderAndByItsServer() {
    JsonObject client = tasks().get(0).getAsJsonObject();
    JsonObject server = tasks().get(1).getAsJsonObject();
    assertThat(client.getAsJsonObject("sent").get("longestNanos").getAsLong()).isEqualTo(500);
    assertThat(server.getAsJsonObject("served").get("meanNanos").getAsLong()).isEqualTo(100);
    assertThat(server.get("mostQueued").getAsInt()).isEqualTo(1);
  }

  @Test
  void theLongestWaitIsToldWithOnWhom() {
    assertThat(of(ExampleTrace.TEXT).lines())
        .filteredOn(line -> line.contains("client"))
        .first()
        .asString()
        .endsWith("400ns send-blocked on tid 2 server, from 0.000000100s");
  }

  @Test
  void whoWaitsForALessUrgentTaskWhileAThirdRunsIsInverted() {
    assertThat(of(ExampleTrace.TEXT).lines())
        .endsWith(
            "priority inversions, 300ns in all:",
            "  tid 1 client (priority 1) waited for tid 2 server (priority 9) while tid 3 b\\x1bsy"
                + " (priority 5) ran: 300ns in 1 stretches, the longest 300ns from 0.000000100s");
  }

  @Test
  void aWaitIsNoInversionWhileAMoreUrgentTaskRuns() {
    String urgent = ExampleTrace.TEXT.replace("\"priority\":5", "\"priority\":0");
    assertThat(of(urgent).lines()).last().isEqualTo("no priority inversions");
  }

  @Test
  void anEmptyTraceHasFiguresToo() {
    assertThat(of("").lines().getFirst())
        .isEqualTo("0.000000000s of virtual time, 0 events, idle 0.0 %");
  }
}
