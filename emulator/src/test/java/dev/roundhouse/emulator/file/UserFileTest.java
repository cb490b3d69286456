package dev.roundhouse.emulator.file;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UserFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 20_000})
  void aRegularFileIsReadWhole(int size) throws IOException, UserError {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) 'x');
    Path file = Files.write(folder.resolve("file"), content);
    assertThat(UserFile.of(file, FileKind.PROGRAM).bytes()).isEqualTo(content);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(UserFile.of(link, FileKind.PROGRAM).bytes()).isEqualTo(content);
  }

  @ParameterizedTest
  @EnumSource(FileKind.class)
  void aPipeIsRefusedWithoutWaitingForItsOtherEnd(FileKind kind)
      throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(mkfifo.waitFor(5, SECONDS) && mkfifo.exitValue() == 0, "no mkfifo");
    assertRefused(pipe, kind, pipe + ": is a pipe, a socket or a device");
  }

  @ParameterizedTest
  @EnumSource(FileKind.class)
  void whatIsNoRegularFileIsRefused(FileKind kind) throws IOException {
    assertRefused(folder, kind, folder + ": is a folder; give ");
    assertRefused(Path.of("/dev/zero"), kind, "is a pipe, a socket or a device");
    assertRefused(folder.resolve("none"), kind, "cannot be read (no such file or folder)");
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
    assertRefused(dangling, kind, "is a link that leads nowhere");
    Path ring = Files.createSymbolicLink(folder.resolve("ring"), folder.resolve("ring"));
    assertRefused(ring, kind, "is a link that leads nowhere");
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(file.resolve("x"), kind, "cannot be read (no such file or folder)");
  }

  @ParameterizedTest
  @EnumSource(FileKind.class)
  void aFileOverTheLimitIsRefusedUnread(FileKind kind) throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(kind.mostBytes() + 1);
    }
    assertRefused(large, kind, kind.tooLarge());
  }

  @Test
  void aFileThatSaysItIsEmptyIsReadToItsEnd() throws UserError {
    Path file = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(file), "no /proc");
    assertThat(UserFile.of(file, FileKind.PROGRAM).bytes()).isNotEmpty();
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsReadToTheLimitOnly() throws IOException {
    Path growing = Files.createFile(folder.resolve("growing"));
    UserFile file = UserFile.of(growing, FileKind.MOTOR);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() ->
            file.read(in -> {
              Files.write(growing, new byte[(int) FileKind.MOTOR.mostBytes() + 2]);
              return in.readAllBytes();
            }))
        .withMessageContaining("larger than 1 MiB");
  }

  @Test
  void textHasToBeUtf8() throws IOException, UserError {
    Path good = Files.writeString(folder.resolve("good"), "Märklin");
    assertThat(UserFile.of(good, FileKind.TRAIN_SET).text()).isEqualTo("Märklin");
    Path bad = Files.write(folder.resolve("bad"), new byte[] {'a', (byte) 0xff});
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(UserFile.of(bad, FileKind.TRAIN_SET)::text)
        .withMessageContaining("not UTF-8 text");
  }

  @Test
  void wordsThatCannotBeAPathAreRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> UserFile.of("a\0b", FileKind.MOTOR, "--plant motor"))
        .withMessage("--plant motor: that cannot be a path");
  }

  private static void assertRefused(Path path, FileKind kind, String expected) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(UserFile.of(path, kind)::bytes)
        .withMessageContaining(expected)
        .returns(kind.refusal(), UserError::exitCode);
    boolean isForTheRun =
        switch (kind) {
          case PROGRAM, KERNEL, RECORDING, TRACE, MONITORED_LINE -> true;
          case SCENARIO, TRAIN_SET, MOTOR, ABI_PROFILE, CONSOLE_INPUT -> false;
        };
    assertThat(kind.refusal()).isEqualTo(isForTheRun ? ExitCode.PROGRAM : ExitCode.USAGE);
  }
}
