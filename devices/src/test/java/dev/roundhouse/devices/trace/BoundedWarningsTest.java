package dev.roundhouse.devices.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedWarningsTest {
  private final List<String> shown = new ArrayList<>();
  private final Warnings warnings =
      BoundedWarnings.of((where, what) -> shown.add(where + ": " + what));

  @Test
  void aWarningIsShownOnce() {
    warnings.warn("UART2", "bytes are lost");
    warnings.warn("UART3", "bytes are lost");
    warnings.warn("UART2", "bytes are lost");
    assertThat(shown).containsExactly("UART2: bytes are lost", "UART3: bytes are lost");
  }

  @Test
  void theLastThatIsShownSaysSo() {
    for (int operation = 0; operation < 1_000; operation++) {
      warnings.warn("semihosting", "operation " + operation);
    }
    assertThat(shown).hasSize(128);
    assertThat(shown.getLast()).endsWith("operation 127 (no more warnings are shown)");
  }

  @Test
  void whatIsBoundedIsNotBoundedAgain() {
    assertThat(BoundedWarnings.of(warnings)).isSameAs(warnings);
  }

  @Test
  void whatIsNoWarningIsPassedOn() {
    List<String> told = new ArrayList<>();
    Warnings both =
        new Warnings() {
          @Override
          public void warn(String where, String what) {}

          @Override
          public void inform(String what) {
            told.add(what);
          }
        };
    BoundedWarnings.of(both).inform("rebooted");
    assertThat(told).containsExactly("rebooted");
  }
}
