package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others may have put somewhere is not loaded by the command. */
class TrustTest {
  @TempDir private Path folder;

  @Test
  void aLibraryInACacheThatOthersCanWriteIsRefusedInOneLineAndTheRunGoesOn() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    plant(cache.resolve("engine/unicorn-9.9.9-x/libunicorn.so.2"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Roundhouse.Result run = hello().env("ROUNDHOUSE_CACHE", cache.toString()).run().isTidy();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Hello");
    assertThat(run.errLines().stream().filter(line -> line.contains("refused")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("others can write", cache.toString()));
  }

  @Test
  void aNamedLibraryThatOthersCanWriteEndsTheCommand() throws Exception {
    Path library = plant(folder.resolve("open/libunicorn.so"));
    Files.setPosixFilePermissions(
        library.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    hello().env("ROUNDHOUSE_ENGINE", library.toString()).run().isRefusedWith(2, "others can write");
  }

  @Test
  void theSerialLibraryNeitherTakesNorClearsWhatLiesInTheTemporaryFolder() throws Exception {
    Path planted = plant(folder.resolve("jSerialComm/2.11.4/libjSerialComm.so"));
    Path older = plant(folder.resolve("jSerialComm/2.10.0/keep"));
    long size = Files.size(planted);
    Roundhouse.Result ports =
        new Roundhouse(folder, "ports")
            .env("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder)
            .run()
            .isTidy();
    assertThat(ports.exitCode()).isZero();
    assertThat(Files.size(planted)).isEqualTo(size);
    assertThat(older).exists();
  }

  private Roundhouse hello() throws IOException {
    return new Roundhouse(folder, "run", Roundhouse.image(folder, "hello"));
  }

  /** A library that has nothing of what is looked for. */
  private static Path plant(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    return Files.copy(other, file);
  }
}
