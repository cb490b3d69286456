package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
  private static final String INPUT = "stand clear of the doors\n";

  @TempDir private static Path recorded;
  private static Path recording;

  @TempDir private Path folder;

  @BeforeAll
  static void record() throws Exception {
    recording = recorded.resolve("echo.rec");
    String echo = Roundhouse.image(recorded, "uart_echo");
    String notifier = Roundhouse.image(recorded, "uart_notifier");
    Roundhouse.Result run =
        new Roundhouse(recorded, "run", echo, notifier, "--record", recording.toString())
            .input(INPUT)
            .run()
            .isTidy();
    assertThat(run.out()).isEqualTo(INPUT);
  }

  @Test
  void aReplayPrintsWhatTheRunPrintedWithoutItsInput() throws Exception {
    Roundhouse.Result replay =
        new Roundhouse(folder, "replay", recording.toString()).run().isTidy();
    assertThat(replay.out()).isEqualTo(INPUT);
    assertThat(replay.err()).contains("identical");
    assertThat(replay.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.1, 0.5, 0.9, 0.999})
  void aRecordingWithOneBitChangedIsRefused(double place) throws Exception {
    byte[] bytes = Files.readAllBytes(recording);
    bytes[(int) (bytes.length * place)] ^= 1;
    replay(damaged(bytes)).isRefusedWith(3, "echo.rec");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.1, 0.5})
  void aRecordingThatIsCutOffEarlyIsRefused(double length) throws Exception {
    byte[] bytes = Files.readAllBytes(recording);
    replay(damaged(Arrays.copyOf(bytes, (int) (bytes.length * length))))
        .isRefusedWith(3, "echo.rec");
  }

  @Test
  void aProgramIsNoRecording() throws Exception {
    replay(Path.of(Roundhouse.image(folder, "hello"))).isRefusedWith(3, "hello.elf");
  }

  @Test
  void aRecordingThatIsNotThereIsRefused() throws Exception {
    replay(folder.resolve("nowhere.rec")).isRefusedWith(3, "nowhere.rec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--record", "--trace"})
  void aFileThatCannotBeWrittenIsRefused(String option) throws Exception {
    String hello = Roundhouse.image(folder, "hello");
    new Roundhouse(folder, "run", hello, option, "/nonexistent/file")
        .runHere()
        .isRefusedWith(2, option, "/nonexistent/file");
  }

  @Test
  void tracesOfTwoRunsAreTheSameBytes() throws Exception {
    assertThat(trace("first.trace")).isNotEmpty().isEqualTo(trace("second.trace"));
  }

  private byte[] trace(String name) throws Exception {
    Path trace = folder.resolve(name);
    String many = Roundhouse.image(folder, "many_tasks");
    Roundhouse.Result run =
        new Roundhouse(folder, "run", many, "--trace", trace.toString()).runHere().isTidy();
    assertThat(run.exitCode()).isZero();
    return Files.readAllBytes(trace);
  }

  private Path damaged(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("echo.rec"), bytes);
  }

  private Roundhouse.Result replay(Path file) throws Exception {
    return new Roundhouse(folder, "replay", file.toString()).runHere();
  }
}
