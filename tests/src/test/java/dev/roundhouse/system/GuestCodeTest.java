package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.report.EndOfRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuestCodeTest {
  private static final int MY_TID = 3;
  private static final long TIMER_CLO = 0xFE00_3004L;

  /** The calls of the loaders, of the name server and the exit beside the program's own. */
  private static final long OTHER_CALLS = 2;

  @ParameterizedTest
  @EnumSource
  void aProgramMakesAsManySystemCallsAsItIsMadeFor(TestEngine engine) {
    GuestRecord run = start(GuestCode.calling(MY_TID, 100_000), engine);
    assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    assertThat(run.result().kernelEntries()).isEqualTo(100_000 + OTHER_CALLS);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramLoadsFromADevice(TestEngine engine) {
    GuestRecord run = start(GuestCode.loading(TIMER_CLO, 100_000), engine);
    assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    assertThat(run.result().instructions()).isBetween(300_000L, 301_000L);
    assertThat(run.warnings()).isEmpty();
  }

  private static GuestRecord start(byte[] program, TestEngine engine) {
    return ProgramRun.bundled("name_server").entry("made", program).runOn(engine);
  }
}
