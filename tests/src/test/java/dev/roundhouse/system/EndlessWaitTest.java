package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violation;
import org.junit.jupiter.api.Test;

/** Waits for events that nothing will end: what is said of each, and which break a rule. */
class EndlessWaitTest {
  private static final int AWAIT_EVENT = 8;
  private static final long TIMER = 97L << 16;
  private static final long UART_2 = (153L << 16) + 2;
  private static final long COMPARE_1 = 0xFE00_3010L;
  private static final long UART_2_MASK = 0xFE20_1438L;
  private static final int RECEIVE = 1 << 4;
  private static final int STORE_W1_AT_X0 = 0xB900_0001;

  private static GuestRecord run(byte[] program) {
    return new ProgramRun()
        .entry("waiter", program)
        .program("name_server", Images.bundled("name_server"))
        .runOn(TestEngine.EMBEDDED);
  }

  private static GuestCode store(GuestCode code, long address, int value) {
    return code.set(0, address).set(1, value).word(STORE_W1_AT_X0);
  }

  /** Lets about {@code micros} microseconds go by. */
  private static GuestCode spin(GuestCode code, int micros) {
    code.set(GuestCode.COUNTER, micros * 500L);
    return code.countDownTo(code.here());
  }

  private static byte[] await(GuestCode code, long event) {
    return code.set(0, event).call(AWAIT_EVENT).end();
  }

  private static void assertViolation(GuestRecord run, String why) {
    assertThat(run.violations()).extracting(Violation::rule).containsExactly(Rule.WAIT_WITHOUT_END);
    assertThat(run.violations().getFirst().detail()).contains(why);
    assertThat(run.end().text()).startsWith("finished, but tid 1 (user_entry) still waits for");
  }

  @Test
  void aCompareThatWasNeverWritten() {
    assertViolation(
        run(await(new GuestCode().keepReturn(), TIMER)),
        "the timer's event: compare 1 was never written");
  }

  @Test
  void aCompareThatHadPassedWhenItWasWritten() {
    GuestCode code = store(spin(new GuestCode().keepReturn(), 9), COMPARE_1, 4);
    assertViolation(run(await(code, TIMER)), "us past: the counter reaches it in 71 minutes");
  }

  @Test
  void aCompareThatPassedBeforeTheWaitBegan() {
    GuestCode code = spin(store(new GuestCode().keepReturn(), COMPARE_1, 4), 9);
    assertViolation(run(await(code, TIMER)), "its interrupt came when nobody waited");
  }

  @Test
  void aUartWhoseInterruptsWereNeverEnabled() {
    assertViolation(
        run(await(new GuestCode().keepReturn(), UART_2)),
        "no interrupt of UART2 was ever enabled (IMSC is 0)");
  }

  @Test
  void aUartWhoseInputHasEndedBreaksNoRule() {
    GuestRecord run = run(await(store(new GuestCode().keepReturn(), UART_2_MASK, RECEIVE), UART_2));
    assertThat(run.violations()).isEmpty();
    assertThat(run.end().text())
        .isEqualTo(
            "finished, but tid 1 (user_entry) still waits for the event of UART 2: no more input comes"
                + " to UART2");
  }
}
