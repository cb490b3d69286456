package dev.roundhouse.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.Warnings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebootsTest {
  private final List<String> lines = new ArrayList<>();
  private final Reboots reboots =
      new Reboots(
          new Warnings() {
            @Override
            public void warn(String where, String what) {
              throw new AssertionError("a reboot is no warning: " + what);
            }

            @Override
            public void inform(String what) {
              lines.add(what);
            }
          });

  @Test
  void aRebootIsSaidInOneLineWithItsTime() {
    reboots.rebooted(VirtualTime.ofMillis(12_345), List.of());
    reboots.over();
    assertThat(lines).containsExactly("rebooted by the watchdog at 12.345000000s");
  }

  @Test
  void whatWasNotSentYetIsNamed() {
    reboots.rebooted(VirtualTime.ofMillis(1), List.of("UART0", "sc1"));
    assertThat(lines.getFirst()).endsWith("is lost, as on the board: UART0, sc1");
  }

  @Test
  void ofManyRebootsOnlyAFewAreSaidAndTheirNumber() {
    for (int n = 1; n <= 1234; n++) {
      reboots.rebooted(VirtualTime.ofMillis(n), List.of());
    }
    reboots.over();
    assertThat(lines).hasSize(13);
    assertThat(lines.get(9))
        .isEqualTo(
            "rebooted by the watchdog at 0.010000000s, for the 10th time (the next that is told is"
                + " the 100th)");
    assertThat(lines.get(11))
        .startsWith("rebooted by the watchdog at 1.000000000s, for the 1000th");
    assertThat(lines.getLast()).isEqualTo("rebooted by the watchdog 1234 times in all");
  }
}
