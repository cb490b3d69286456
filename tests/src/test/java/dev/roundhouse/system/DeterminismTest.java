package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeterminismTest {
  private static final int RUNS = 10;

  @ParameterizedTest
  @EnumSource
  void tenRunsGiveTheSameOutputTraceAndEnd(TestEngine engine) {
    GuestRecord first = demo().runOn(engine);
    assertThat(first.trace()).hasSizeGreaterThan(10_000);
    for (int run = 1; run < RUNS; run++) {
      assertThat(demo().runOn(engine).all()).as("run %d", run).isEqualTo(first.all());
    }
  }

  @ParameterizedTest
  @EnumSource
  void pipedInputArrivesAtTheSameVirtualTimeInEachRun(TestEngine engine) {
    GuestRecord first = echo().runOn(engine);
    assertThat(first.text()).isEqualTo("Mind the gap\r\n[uart_echo: 12 bytes]\r\n");
    for (int run = 1; run < RUNS; run++) {
      assertThat(echo().runOn(engine).all()).as("run %d", run).isEqualTo(first.all());
    }
  }

  @Test
  void bothEngineLibrariesGiveTheSameRun() {
    for (Guest guest : List.of(demo(), echo(), Guest.bundled("many_tasks").traced())) {
      GuestRecord installed = guest.runOn(TestEngine.INSTALLED);
      assertThat(guest.runOn(TestEngine.EMBEDDED).all()).isEqualTo(installed.all());
    }
  }

  private static Guest demo() {
    return Guest.bundled(
            "demo", "clock_server", "clock_notifier", "rps_server", "rps_player", "srr_echo")
        .arg("END", "stop")
        .traced();
  }

  private static Guest echo() {
    return Guest.bundled("uart_echo", "uart_notifier").input("Mind the gap\004").traced();
  }
}
