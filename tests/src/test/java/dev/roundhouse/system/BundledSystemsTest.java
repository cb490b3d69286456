package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.report.EndOfRun;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundledSystemsTest {
  private static final Pattern ENTRY = Pattern.compile("\"entry\": \"(\\w+)\"");

  private static final Set<String> TESTED_HERE =
      Set.of(
          "hello",
          "demo",
          "rps",
          "clock_delays",
          "uart_echo",
          "srr_timing",
          "bench_srr",
          "bench_fib",
          "many_tasks");

  @Test
  void everySystemOfTheCatalogueHasATest() {
    Set<String> tested = new TreeSet<>(TESTED_HERE);
    tested.addAll(CrashZooTest.programs());
    tested.addAll(SdkProgramsTest.ENTRIES);
    tested.addAll(BoardProgramsTest.ENTRIES);
    tested.add(TrainControlTest.ENTRY);
    tested.add(CanControlTest.TOUR);
    Set<String> catalogued = new TreeSet<>();
    ENTRY
        .matcher(Images.catalog())
        .results()
        .map(BundledSystemsTest::name)
        .forEach(catalogued::add);
    assertThat(tested).isEqualTo(catalogued);
  }

  private static String name(MatchResult entry) {
    return entry.group(1);
  }

  @ParameterizedTest
  @EnumSource
  void helloGreets(TestEngine engine) {
    expect(ProgramRun.bundled("hello").runOn(engine), "Hello, TrainsOS! I am task 1.\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void helloGreetsByTheNameOfItsArgument(TestEngine engine) {
    GuestRecord run = ProgramRun.bundled("hello").arg("NAME", "Ada").runOn(engine);
    expect(run, "Hello, Ada! I am task 1.\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void theDemoShowsTasksClockGameAndMessages(TestEngine engine) {
    expectFile(demo().arg("END", "stop").runOn(engine), "demo");
  }

  @ParameterizedTest
  @EnumSource
  void theDemoEndsByTheQuitCall(TestEngine engine) {
    GuestRecord run = demo().runOn(engine);
    assertThat(run.end()).isInstanceOf(EndOfRun.Quit.class);
    assertThat(run.text()).contains("Grace wins the game").contains("BYE-BYE");
  }

  @ParameterizedTest
  @EnumSource
  void threePlayersPlayRockPaperScissors(TestEngine engine) {
    expectFile(ProgramRun.bundled("rps", "rps_server", "rps_player").runOn(engine), "rps");
  }

  @ParameterizedTest
  @EnumSource
  void fourTasksWaitForTicksOfTheClock(TestEngine engine) {
    ProgramRun guest = ProgramRun.bundled("clock_delays", "clock_server", "clock_notifier");
    expectFile(guest.runOn(engine), "clock_delays");
  }

  @ParameterizedTest
  @EnumSource
  void roundTripsTakeTheTimeOfThreeKernelEntries(TestEngine engine) {
    GuestRecord run = ProgramRun.bundled("srr_timing", "srr_echo").arg("N", "100").runOn(engine);
    expectFile(run, "srr_timing");
  }

  @ParameterizedTest
  @EnumSource
  void roundTripsOfManyBytesAllArrive(TestEngine engine) {
    GuestRecord run =
        ProgramRun.bundled("bench_srr").arg("N", "500").arg("SIZE", "64").runOn(engine);
    expect(run, "bench_srr: 500 of 500 round trips of 64 bytes\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void fibComputes(TestEngine engine) {
    expect(ProgramRun.bundled("bench_fib").arg("N", "20").runOn(engine), "fib(20) = 6765\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void fiveHundredTasksLiveInOneRun(TestEngine engine) {
    expect(
        ProgramRun.bundled("many_tasks").runOn(engine),
        "many_tasks: 500 of 500 tasks checked in, at most 190 alive at once\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void theEchoServerEndsWhenItsInputHasEnded(TestEngine engine) {
    GuestRecord run = echo("All aboard!\n").runOn(engine);
    expect(run, "All aboard!\n");
  }

  @ParameterizedTest
  @EnumSource
  void theEchoServerEndsWithoutAnyInput(TestEngine engine) {
    expect(echo("").runOn(engine), "");
  }

  @ParameterizedTest
  @EnumSource
  void theEchoServerEchoesEachByteOfALongInput(TestEngine engine) {
    String input = "0123456789abcdefghijklmnopqrstuvwxyz\u00ff\u0000".repeat(500);
    expect(echo(input).runOn(engine), input);
  }

  @ParameterizedTest
  @EnumSource
  void theEchoServerCountsBytesAtControlD(TestEngine engine) {
    GuestRecord run = echo("abc\004").runOn(engine);
    expect(run, "abc\r\n[uart_echo: 3 bytes]\r\n");
  }

  private static ProgramRun demo() {
    return ProgramRun.bundled(
        "demo", "clock_server", "clock_notifier", "rps_server", "rps_player", "srr_echo");
  }

  private static ProgramRun echo(String input) {
    return ProgramRun.bundled("uart_echo", "uart_notifier").input(input);
  }

  private static void expectFile(GuestRecord run, String file) {
    expect(run, Images.text("/dev/roundhouse/system/outputs/" + file + ".txt"));
  }

  private static void expect(GuestRecord run, String output) {
    assertThat(run.text()).isEqualTo(output);
    assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    assertThat(run.violations()).isEmpty();
    assertThat(run.warnings()).isEmpty();
  }
}
