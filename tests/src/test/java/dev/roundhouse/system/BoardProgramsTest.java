package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.kernel.report.EndOfRun;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs that steer something by the board's pins. */
class BoardProgramsTest {
  static final Set<String> ENTRIES = Set.of("motor_loop", "shared_memory", "shared_memory_rust");

  private static final Pattern REPORT =
      Pattern.compile("tick +(\\d+): +(-?\\d+) edges, duty +(-?\\d+), (\\d+) edges missed");

  /** A line of motor_loop. */
  private record Report(int tick, int edges, int duty, int missed) {
    static Report of(MatchResult line) {
      return new Report(
          Integer.parseInt(line.group(1)),
          Integer.parseInt(line.group(2)),
          Integer.parseInt(line.group(3)),
          Integer.parseInt(line.group(4)));
    }
  }

  private static GuestRecord run(TestEngine engine, Extras extras, String target) {
    return ProgramRun.bundled("motor_loop", "clock_server", "clock_notifier")
        .arg("TARGET", target)
        .arg("TICKS", "160")
        .extras(extras)
        .runOn(engine);
  }

  private static List<Report> reports(GuestRecord run) {
    assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    assertThat(run.violations()).isEmpty();
    assertThat(run.warnings()).isEmpty();
    return REPORT.matcher(run.text()).results().map(Report::of).toList();
  }

  @ParameterizedTest
  @EnumSource
  void aSpeedLoopReachesItsTargetInBothDirections(TestEngine engine) {
    List<Report> reports = reports(run(engine, new Extras(List.of(MotorPlan.DEFAULT)), "60"));
    assertThat(reports).hasSize(16);
    assertThat(reports.get(0).edges()).isBetween(20, 50);
    assertThat(reports.get(7).edges()).isBetween(58, 62);
    assertThat(reports.get(15).edges()).isBetween(-32, -28);
    assertThat(reports).allMatch(report -> report.missed() == 0);
  }

  @Test
  void aSlowerMotorNeedsMoreDutyForTheSameSpeed() {
    MotorPlan slow = MotorPlan.parse("slow", "{\"turnsPerSecond\": 1.5, \"stallDuty\": 0.2}");
    int usual = dutyAtTarget(MotorPlan.DEFAULT);
    assertThat(dutyAtTarget(slow)).isBetween(usual + 200, 1024);
  }

  private static int dutyAtTarget(MotorPlan motor) {
    return reports(run(TestEngine.EMBEDDED, new Extras(List.of(motor)), "60")).get(7).duty();
  }

  @Test
  void withoutAMotorNothingTurnsAndTheDutyGoesToItsLimit() {
    List<Report> reports = reports(run(TestEngine.EMBEDDED, Extras.NONE, "60"));
    assertThat(reports).allMatch(report -> report.edges() == 0);
    assertThat(reports.get(7).duty()).isBetween(1000, 1024);
  }

  @Test
  void twoRunsAreTheSame() {
    Extras motor = new Extras(List.of(MotorPlan.DEFAULT));
    GuestRecord first = run(TestEngine.EMBEDDED, motor, "47");
    GuestRecord second = run(TestEngine.EMBEDDED, motor, "47");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.result()).isEqualTo(first.result());
  }
}
