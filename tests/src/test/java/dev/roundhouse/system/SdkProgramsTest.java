package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that show how to use the SDKs. */
class SdkProgramsTest {
  static final Set<String> ENTRIES =
      Set.of(
          "hello_rust",
          "msg_demo",
          "msg_demo_c",
          "name_clock_clients",
          "heap_bump",
          "heap_list",
          "heap_blocks",
          "async_timers",
          "self_test",
          "bench_msg");

  @ParameterizedTest
  @EnumSource
  void helloGreetsInRust(TestEngine engine) {
    GuestRecord run = ProgramRun.bundled("hello_rust").arg("NAME", "Ada").runOn(engine);
    expect(run, "Hello, Ada! I am task 1, written in Rust.\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "msg_demo, msg_peer",
    "msg_demo, msg_peer_c",
    "msg_demo_c, msg_peer",
    "msg_demo_c, msg_peer_c"
  })
  void messagesWithArraysGoBetweenRustAndC(String demo, String peer) {
    GuestRecord run = ProgramRun.bundled(demo, peer).arg("PEER", peer).runOn(TestEngine.EMBEDDED);
    assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    assertThat(run.violations()).isEmpty();
    assertThat(run.text().lines())
        .contains(
            peer + ": train 24 seen by 3 sensors",
            demo + ": EXPRESS (train 24): sensors add up to 88, last tick 300",
            demo + ": FREIGHT (train 58): sensors add up to 0, last tick 0",
            demo + ": done")
        .anyMatch(line -> line.startsWith(peer + ": refused"))
        .anyMatch(line -> line.startsWith(demo + ": no summary"))
        .hasSize(7);
  }

  @ParameterizedTest
  @EnumSource
  void aRustClientUsesTheNameServerAndTheClockServer(TestEngine engine) {
    ProgramRun guest = ProgramRun.bundled("name_clock_clients", "clock_server", "clock_notifier");
    expect(
        guest.runOn(engine),
        """
        registered: Ok(true)
        registered again: Ok(false)
        nobody: Ok(None)
        found by its name: true
        ticks that passed: 5
        """
            .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap_bump", "heap_list", "heap_blocks"})
  void vectorsStringsAndMapsWorkOnEachHeap(String program) {
    expect(
        ProgramRun.bundled(program).runOn(TestEngine.EMBEDDED),
        """
        %1$s: 20 stations left, first station 143, station 173, station 3
        %1$s: squares add up to 333328333350000
        """
            .formatted(program)
            .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @EnumSource
  void asyncFunctionsTakeTurnsByTheirTimers(TestEngine engine) {
    ProgramRun guest = ProgramRun.bundled("async_timers", "clock_server", "clock_notifier");
    expect(
        guest.runOn(engine),
        """
        tick 0: signal red
        turn 1: nothing to wait for
        turn 2: nothing to wait for
        tick 3: train at sensor 1
        tick 4: signal green
        tick 6: train at sensor 2
        tick 8: signal red
        tick 9: train at sensor 3
        tick 12: Ok(())
        """
            .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @EnumSource
  void theTestsInsideTheGuestPass(TestEngine engine) {
    GuestRecord run = ProgramRun.bundled("self_test").runOn(engine);
    assertThat(run.text()).endsWith("9 passed, 0 failed\r\n").doesNotContain("FAIL");
    assertThat(run.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(run.brokenRules())
        .isEqualTo(
            List.of(
                Rule.TASK_NEVER_WAS,
                Rule.TASK_NEVER_WAS,
                Rule.BAD_PRIORITY,
                Rule.MESSAGE_CUT_SHORT));
  }

  @ParameterizedTest
  @EnumSource
  void aFailingTestInsideTheGuestIsReported(TestEngine engine) {
    GuestRecord run = ProgramRun.bundled("self_test").arg("BREAK", "yes").runOn(engine);
    assertThat(run.text())
        .contains("FAIL one and one: 2 in place of 3\r\n")
        .endsWith("9 passed, 1 failed\r\n");
    assertThat(run.result().end()).isEqualTo(new RunEnd.Exited(1));
  }

  @ParameterizedTest
  @EnumSource
  void aSerializedKibibyteCostsAtMostAFifthMoreThanRawBytes(TestEngine engine) {
    GuestRecord run = ProgramRun.bundled("bench_msg").arg("N", "200").runOn(engine);
    Matcher times = Pattern.compile("raw (\\d+) us, message (\\d+) us").matcher(run.text());
    assertThat(times.find()).isTrue();
    double raw = Double.parseDouble(times.group(1));
    assertThat(Double.parseDouble(times.group(2))).isBetween(raw, 1.2 * raw);
  }

  private static void expect(GuestRecord run, String output) {
    assertThat(run.text()).isEqualTo(output);
    assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    assertThat(run.violations()).isEmpty();
    assertThat(run.warnings()).isEmpty();
  }
}
