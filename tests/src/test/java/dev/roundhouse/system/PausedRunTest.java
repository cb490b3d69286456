package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine that pauses does what it does without pauses, event by event and at the same times. */
class PausedRunTest {
  /** An address in RAM that no program gets. */
  private static final long UNUSED = 0x7C00_0000L;

  private static ProgramRun demo() {
    return ProgramRun.bundled(
            "demo", "clock_server", "clock_notifier", "rps_server", "rps_player", "srr_echo")
        .arg("END", "stop");
  }

  static Stream<Arguments> systems() {
    Supplier<ProgramRun> show = PausedRunTest::demo;
    Supplier<ProgramRun> computing = () -> ProgramRun.bundled("bench_fib").arg("N", "10");
    Supplier<ProgramRun> counting =
        () -> ProgramRun.bundled("name_server").entry("made", GuestCode.countingAt(UNUSED, 500));
    Supplier<ProgramRun> endless =
        () -> ProgramRun.bundled("zoo_endless_loop").limit(Duration.ofMillis(2));
    Supplier<ProgramRun> echo =
        () -> ProgramRun.bundled("uart_echo", "uart_notifier").input("All aboard!\n".repeat(20));
    return Stream.of(
        Arguments.of(show, Duration.ofMillis(7)),
        Arguments.of(show, Duration.ofNanos(99_991)),
        Arguments.of(computing, Duration.ofNanos(1_009)),
        Arguments.of(counting, Duration.ofNanos(1)),
        Arguments.of(endless, Duration.ofNanos(10_007)),
        Arguments.of(echo, Duration.ofNanos(30_011)));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void pausesChangeNothingOfARun(Supplier<ProgramRun> guest, Duration every) {
    for (TestEngine engine : TestEngine.values()) {
      GuestRecord straight = guest.get().traced().runOn(engine);
      GuestRecord paused = guest.get().traced().pausing(every).runOn(engine);
      assertThat(paused.result()).isEqualTo(straight.result());
      assertThat(paused.text()).isEqualTo(straight.text());
      assertThat(paused.trace()).isEqualTo(straight.trace()).isNotEmpty();
    }
  }

  @Test
  void aMachineThatIsOverDoesNotGoOn() {
    try (Machine machine = demo().machineOn(TestEngine.EMBEDDED.library())) {
      assertThat(machine.runUntil(new Pause(1_000_000, () -> false))).isEmpty();
      assertThat(machine.now().nanos()).isGreaterThanOrEqualTo(1_000_000);
      assertThat(machine.runUntil(Pause.NEVER)).isPresent();
      assertThatIllegalStateException().isThrownBy(machine::run);
    }
  }

  @Test
  void aMachinePausesWhereItIsAskedToLook() {
    try (Machine machine = demo().machineOn(TestEngine.EMBEDDED.library())) {
      machine.lookSoon();
      assertThat(machine.runUntil(new Pause(Long.MAX_VALUE, () -> true))).isEmpty();
      assertThat(machine.now().nanos()).isLessThan(1_000);
    }
  }

  static Stream<Arguments> kernels() {
    var rps = CallAbiReader.shipped("trainsos");
    return Stream.of(
        Arguments.of("check_event.elf", CallAbi.UNKNOWN, 10_007),
        Arguments.of("check_timer.elf", CallAbi.UNKNOWN, 3_001),
        Arguments.of("check_reboot.elf", CallAbi.UNKNOWN, 100_003),
        Arguments.of("check_code.elf", CallAbi.UNKNOWN, 1_009),
        Arguments.of("mini.elf", CallAbiReader.shipped("mini"), 5_003),
        Arguments.of("messages.elf", rps, 997));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void pausesChangeNothingOfABootedKernel(String kernel, CallAbi abi, long everyNanos)
      throws Exception {
    List<String> straightTrace = new ArrayList<>();
    var straight = boot(kernel, abi, straightTrace).run();
    List<String> pausedTrace = new ArrayList<>();
    var paused = boot(kernel, abi, pausedTrace).pausing(Duration.ofNanos(everyNanos)).run();
    assertThat(paused).isEqualTo(straight);
    assertThat(pausedTrace).isEqualTo(straightTrace).isNotEmpty();
  }

  private static KernelRun boot(String kernel, CallAbi abi, List<String> trace) throws Exception {
    TraceSink sink =
        new TraceSink() {
          @Override
          public boolean isOn() {
            return true;
          }

          @Override
          public void emit(long nanos, TraceEvent event) {
            trace.add(nanos + " " + event);
          }
        };
    return KernelRun.bundled(kernel)
        .input("hello\rquit\r")
        .limit(Duration.ofMillis(300))
        .watched(abi, sink)
        .again();
  }

  @Test
  void aBootedKernelPausesBehindTheEventThatIsWaitedFor() throws Exception {
    List<Long> frames = new ArrayList<>();
    boolean[] hasCome = new boolean[1];
    Machine[] paused = new Machine[1];
    TraceSink sink =
        new TraceSink() {
          @Override
          public boolean isOn() {
            return true;
          }

          @Override
          public void emit(long nanos, TraceEvent event) {
            if (event instanceof DeviceEvent.FrameSent) {
              frames.add(nanos);
              hasCome[0] = frames.size() == 3;
              paused[0].lookSoon();
            }
          }
        };
    KernelRun run = KernelRun.bundled("mini.elf").traced(sink);
    try (Machine machine = run.machineOn(TestEngine.INSTALLED.library())) {
      paused[0] = machine;
      assertThat(machine.runUntil(new Pause(Long.MAX_VALUE, () -> hasCome[0]))).isEmpty();
      assertThat(frames).hasSize(3);
      assertThat(machine.now().nanos()).isBetween(frames.get(2), frames.get(2) + 1_000);
    }
  }
}
