package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.setup.BundledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledFileTest {
  @TempDir private Path folder;

  @Test
  void aBundledProgramRunsByItsNameAloneAndThatIsSaid() {
    Invocation run = Invocation.of("run", "rps.elf", "--arg", "ROUNDS=1");
    assertThat(run.out()).contains("rock-paper-scissors, 1 rounds", "wins");
    assertThat(run.err()).startsWith("roundhouse: no rps.elf here: the bundled one\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aBundledProgramOrKernelCanBeLookedAt() {
    assertThat(Invocation.of("inspect", "hello.elf").out()).contains("hello");
    assertThat(BundledFile.inPlaceOf(Path.of("kernels/mini.elf"))).isPresent();
    assertThat(BundledFile.inPlaceOf(Path.of("kernels/mini.kernel8.img"))).isPresent();
  }

  @Test
  void aFileOfTheUsersComesFirst() throws IOException {
    Path own = Files.writeString(folder.resolve("hello.elf"), "not a program");
    assertThat(BundledFile.inPlaceOf(own)).isEmpty();
    assertThat(Invocation.of("run", own.toString()).exitCode()).isEqualTo(3);
  }

  @Test
  void nothingElseStandsInForAFile() {
    for (String name :
        new String[] {
          "absent.elf",
          "./hello.elf",
          "../firmware/hello.elf",
          "/hello.elf",
          "hello",
          "catalog.json",
          "kernels/../hello.elf",
          ""
        }) {
      assertThat(BundledFile.inPlaceOf(Path.of(name))).as(name).isEmpty();
    }
    assertThat(BundledFile.inPlaceOf(folder.resolve("hello.elf"))).isEmpty();
  }
}
