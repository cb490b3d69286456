package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.run.RunEnd;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernel work that one system call can make as long as it likes. */
class LongKernelWorkTest {
  private static final int PRINT_RAW = 13;
  private static final long TEXT = 0x4000_0000L;
  private static final long MEGABYTES = 0x200_0000L;

  @ParameterizedTest
  @EnumSource
  void printingMegabytesEndsAtTheLimitOfVirtualTime(TestEngine engine) {
    byte[] printing = GuestCode.callingOnce(PRINT_RAW, TEXT, MEGABYTES);
    GuestRecord run =
        ProgramRun.bundled("name_server")
            .entry("printing", printing)
            .limit(Duration.ofSeconds(1))
            .runOn(engine);
    assertThat(run.result().end()).isInstanceOf(RunEnd.VirtualTimeout.class);
    assertThat(run.result().at().nanos()).isBetween(1_000_000_000L, 1_100_000_000L);
    assertThat(run.text()).hasSizeBetween(11_000, 12_000);
    assertThat(run.violations()).isEmpty();
  }
}
