package dev.roundhouse.emulator.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.observe.CodePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of tasks as it is shown. */
class TaskReportTest {
  private static final VirtualTime NOW = VirtualTime.ofMillis(10);

  private static TaskReport.Row row(int tid, TaskStatus status, String waitsFor) {
    return new TaskReport.Row(
        new TaskInfo(tid, Optional.of("waiter"), status, OptionalInt.of(3)),
        "waiter",
        OptionalLong.of(2_000_000),
        waitsFor,
        Optional.of(
            new CodePlace(0x4060_0120, "waiter", "wait", 0x20, "/home/ada/src/waiter.c", 7)),
        OptionalLong.of(2_500_000),
        OptionalLong.of(640));
  }

  private static TaskReport report(int tasks) {
    return new TaskReport(
        NOW,
        IntStream.rangeClosed(1, tasks)
            .mapToObj(tid -> row(tid, new TaskStatus.ReceiveBlocked(), "a message"))
            .toList(),
        List.of());
  }

  @Test
  void aTaskIsALine() {
    assertThat(report(1).lines())
        .last()
        .asString()
        .matches(
            " +1 waiter +3 receive-blocked +0.002000000s +25.0% +640 B  a message; at"
                + " waiter.c:7 in wait");
  }

  @Test
  void thousandsOfTasksAreAFewLinesWithThoseThatWaitForEventsAmongThem() {
    List<TaskReport.Row> rows = new ArrayList<>(report(5000).rows());
    rows.add(row(5001, new TaskStatus.EventBlocked(0x61_0000), "the timer's event"));
    List<String> lines = new TaskReport(NOW, rows, List.of()).lines();
    assertThat(lines).hasSizeLessThan(40).anyMatch(line -> line.contains("the timer's event"));
    assertThat(lines.getLast()).isEqualTo("  and 4969 more: 4969 receive-blocked");
  }

  @Test
  void theSameAsJsonHasTheWholePathBesideTheShortName() {
    var task = JsonParser.parseString(report(1).json()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(task.get("where").getAsString()).isEqualTo("waiter.c:7 in wait");
    assertThat(task.get("place"))
        .hasToString(
            "{\"address\":\"0x40600120\",\"program\":\"waiter\",\"function\":\"wait\","
                + "\"path\":\"/home/ada/src/waiter.c\",\"line\":7}");
  }

  @Test
  void theSameAsJsonIsBounded() {
    var array = JsonParser.parseString(report(5000).json()).getAsJsonArray();
    assertThat(array).hasSize(1000);
    var first = array.get(0).getAsJsonObject();
    assertThat(first.get("waitsFor").getAsString()).isEqualTo("a message");
    assertThat(first.get("cpuNanos").getAsLong()).isEqualTo(2_500_000);
  }
}
