package dev.roundhouse.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonSummaryTest {
  private static final Guest PROGRAMS =
      new Guest.Programs(
          AbiProfile.trainsOs(), new ProgramCatalog(Map.of()), List.of(), Strictness.TOLERANT);

  @Test
  void theSummaryIsOneObjectInOneLine() {
    RunEnd end =
        new RunEnd.ByModel(new EndOfRun.CannotLoad(new Tid(3), "a\"b", "x\ny\u0001\u009b"));
    GuestRun run =
        new GuestRun(
            new RunResult(end, new VirtualTime(1_500_000_000), 7, 8),
            List.of(),
            List.of(),
            Optional.empty());
    assertThat(
            new JsonSummary(run, new Ending(3, end.text()), PROGRAMS, 9, "unicorn 2 C:\\lib")
                .line())
        .startsWith("{\"end\":\"cannot-load\",\"reason\":\"")
        .contains("a\\\"b", "x\\ny\\u0001\\u009b")
        .endsWith(
            ",\"exitCode\":3,\"virtualSeconds\":1.500000000,\"instructions\":7,\"systemCalls\":8,"
                + "\"violations\":9,\"engine\":\"unicorn 2 C:\\\\lib\"}");
  }
}
