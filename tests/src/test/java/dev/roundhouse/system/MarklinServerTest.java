package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.system.HostCommand.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The train control's server at the line, compiled for this host with {@code
 * firmware-images/sdk-tests/train-control}: what comes so rarely on a machine that no run shows it.
 */
class MarklinServerTest {
  private static final Path FIRMWARE = Path.of("../firmware-images").toAbsolutePath().normalize();
  private static final Path CONTROL = FIRMWARE.resolve("programs/train-control");

  @TempDir private Path folder;

  @Test
  void anEdgeOfClearToSendIsTakenForThatOfItsOwnByte() throws IOException, InterruptedException {
    HostCommand.needsCompiler();
    Path program = folder.resolve("tests");
    HostCommand.check(
        folder,
        List.of(
            HostCommand.GCC,
            "-std=gnu11",
            "-O1",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-ffunction-sections",
            "-Wl,--gc-sections",
            "-I" + FIRMWARE.resolve("sdk/c"),
            "-I" + CONTROL,
            "-I" + CONTROL.resolve("parts"),
            FIRMWARE.resolve("sdk-tests/train-control/clear_to_send_test.c").toString(),
            CONTROL.resolve("parts/marklin_command.c").toString(),
            "-o",
            program.toString()));
    Ended run = HostCommand.run(folder, List.of(program.toString()));
    assertThat(run.out().lines()).as(run.out()).hasSize(4).allMatch(line -> line.endsWith(": ok"));
    assertThat(run.exitCode()).isZero();
  }
}
