package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeterminismTest {
  private static final int RUNS = 10;

  /** {@code -Ddeterminism.runs=N} sets it. */
  private static final int MANY_RUNS = Integer.getInteger("determinism.runs", 20);

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
    for (ProgramRun guest : List.of(demo(), echo(), ProgramRun.bundled("many_tasks").traced())) {
      GuestRecord installed = guest.runOn(TestEngine.INSTALLED);
      assertThat(guest.runOn(TestEngine.EMBEDDED).all()).isEqualTo(installed.all());
    }
  }

  /** A recording has the digest of all events, their times and the end. */
  @Test
  void manyRunsWithInterruptsGiveOneRecordingAndReplayAlike() throws Exception {
    Engine engine = TestEngine.INSTALLED.library();
    byte[] first = interrupted().recordedOn(engine);
    Recording recording = Recording.read(new ByteArrayInputStream(first));
    for (int run = 1; run <= MANY_RUNS; run++) {
      assertThat(interrupted().recordedOn(engine)).as("run %d", run).isEqualTo(first);
      assertThat(new Replay(recording).run(engine, silence(), Replay.Observer.NOBODY))
          .as("replay %d", run)
          .isInstanceOf(ReplayOutcome.Identical.class);
    }
  }

  @Test
  void manyRunsOfABootedKernelGiveOneRecordingAndReplayAlike() throws Exception {
    Engine engine = TestEngine.INSTALLED.library();
    byte[] first = booted().recordedOn(engine);
    Recording recording = Recording.read(new ByteArrayInputStream(first));
    for (int run = 1; run <= MANY_RUNS; run++) {
      assertThat(booted().recordedOn(engine)).as("run %d", run).isEqualTo(first);
      assertThat(new Replay(recording).run(engine, silence(), Replay.Observer.NOBODY))
          .as("replay %d", run)
          .isInstanceOf(ReplayOutcome.Identical.class);
    }
  }

  /** Interrupts of the timer and of a UART. */
  private static ProgramRun interrupted() {
    return ProgramRun.bundled("uart_echo", "uart_notifier", "clock_server", "clock_notifier")
        .input("Mind the gap\004")
        .limit(Duration.ofMillis(30));
  }

  private static KernelRun booted() throws KernelImageException {
    return KernelRun.bundled("mini.elf").input("abcq").limit(Duration.ofMillis(30));
  }

  private static Replay.Listeners silence() {
    return new Replay.Listeners(OutputPort.none(), new SilentTrace(), _ -> {}, (_, _) -> {});
  }

  private static ProgramRun demo() {
    return ProgramRun.bundled(
            "demo", "clock_server", "clock_notifier", "rps_server", "rps_player", "srr_echo")
        .arg("END", "stop")
        .traced();
  }

  private static ProgramRun echo() {
    return ProgramRun.bundled("uart_echo", "uart_notifier").input("Mind the gap\004").traced();
  }
}
