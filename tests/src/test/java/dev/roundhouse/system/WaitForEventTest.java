package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.run.RunEnd;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a kernel that waits for events is finished; what ends a wait is checked by check_event. */
class WaitForEventTest {
  private static final int SEVL = 0xd50320bf;
  private static final int WFE = 0xd503205f;
  private static final int WFI = 0xd503207f;
  private static final int BACK = 0x17ffffff;
  private static final int X2_EVENTS_EACH_1024_COUNTS = 0xd2801282;
  private static final int MSR_CNTHCTL_EL2_X2 = 0xd51ce102;
  private static final int MSR_CNTKCTL_EL1_X2 = 0xd518e102;

  private static final RunEnd TIMEOUT = new RunEnd.VirtualTimeout();

  private static KernelRun.Outcome run(int... instructions) throws KernelImageException {
    return new KernelRun("wait", BootTest.code(instructions)).limit(Duration.ofMillis(20)).run();
  }

  @Test
  void anEventEndsOneWaitAndTheNextIsTheEnd() throws KernelImageException {
    var outcome = run(SEVL, WFE, WFE, BACK);
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.NothingCanCome());
    assertThat(outcome.result().instructions()).isEqualTo(3);
  }

  @Test
  void aStreamOfEventsGoesOnForEver() throws KernelImageException {
    int start = X2_EVENTS_EACH_1024_COUNTS;
    assertThat(run(start, MSR_CNTHCTL_EL2_X2, WFE, BACK).result().end()).isEqualTo(TIMEOUT);
    var outcome = run(start, MSR_CNTKCTL_EL1_X2, WFE, BACK);
    assertThat(outcome.result().end()).isEqualTo(TIMEOUT);
    assertThat(outcome.result().instructions()).isBetween(1_000L, 3_000L);
  }

  @Test
  void eventsEndNoWaitForAnInterrupt() throws KernelImageException {
    var outcome = run(X2_EVENTS_EACH_1024_COUNTS, MSR_CNTHCTL_EL2_X2, WFI, BACK);
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.NothingCanCome());
  }
}
