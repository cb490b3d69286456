package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.Pause;
import java.time.Duration;
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

  private static Guest demo() {
    return Guest.bundled(
            "demo", "clock_server", "clock_notifier", "rps_server", "rps_player", "srr_echo")
        .arg("END", "stop");
  }

  static Stream<Arguments> systems() {
    Supplier<Guest> show = PausedRunTest::demo;
    Supplier<Guest> computing = () -> Guest.bundled("bench_fib").arg("N", "10");
    Supplier<Guest> counting =
        () -> Guest.bundled("name_server").entry("made", GuestCode.countingAt(UNUSED, 500));
    Supplier<Guest> endless = () -> Guest.bundled("zoo_endless_loop").limit(Duration.ofMillis(2));
    Supplier<Guest> echo =
        () -> Guest.bundled("uart_echo", "uart_notifier").input("All aboard!\n".repeat(20));
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
  void pausesChangeNothingOfARun(Supplier<Guest> guest, Duration every) {
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
}
