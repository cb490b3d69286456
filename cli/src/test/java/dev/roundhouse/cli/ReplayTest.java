package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Map<String, String> ENVIRONMENT = System.getenv();
  private static final int CHECKED_BYTE = 500;

  @TempDir Path folder;
  private Path recording;

  @BeforeEach
  void nameTheRecording() {
    recording = folder.resolve("run.rec");
  }

  private Invocation record(String program, String... more) throws IOException {
    Path entry = folder.resolve(program + ".elf");
    try (var in =
        ReplayTest.class.getResourceAsStream("/dev/roundhouse/firmware/" + program + ".elf")) {
      Files.write(entry, in.readAllBytes());
    }
    String[] words = {"run", entry.toString(), "--record", recording.toString()};
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Invocation invocation = Invocation.of(ENVIRONMENT, all);
    assumeFalse(
        invocation.err().contains("no engine library can be used"), "no engine library installed");
    Files.delete(entry);
    return invocation;
  }

  private Invocation replay() {
    return Invocation.of(ENVIRONMENT, "replay", recording.toString());
  }

  @Test
  void aReplayPrintsWhatTheRunPrintedWithoutItsFiles() throws IOException {
    Invocation run = record("hello");
    Invocation replay = replay();
    assertThat(run.out()).startsWith("Hello, ");
    assertThat(replay.out()).isEqualTo(run.out());
    assertThat(replay.exitCode()).isZero();
    assertThat(replay.err()).startsWith(run.err()).endsWith(" events: identical\n");
  }

  @Test
  void aReplayEndsWithTheExitCodeOfTheRun() throws IOException {
    Invocation run = record("zoo_endless_loop", "--timeout", "300ms");
    assertThat(run.exitCode()).isEqualTo(42);
    Invocation replay = replay();
    assertThat(replay.exitCode()).isEqualTo(42);
    assertThat(replay.err()).startsWith(run.err()).endsWith(" events: identical\n");
  }

  @Test
  void aReplayReportsFaultsAndViolationsAsTheRunDid() throws IOException {
    for (String program : List.of("zoo_null_read", "zoo_message_cut_short")) {
      Invocation run = record(program);
      Invocation replay = replay();
      assertThat(replay.exitCode()).isEqualTo(run.exitCode());
      assertThat(run.err().lines()).hasSizeGreaterThan(1);
      assertThat(replay.err()).startsWith(run.err()).endsWith(" events: identical\n");
    }
  }

  @Test
  void aDamagedRecordingIsOneLineAndExitCodeThree() throws IOException {
    record("hello");
    byte[] file = Files.readAllBytes(recording);
    file[CHECKED_BYTE] ^= 1;
    Files.write(recording, file);
    Invocation replay = replay();
    assertThat(replay.exitCode()).isEqualTo(3);
    assertThat(replay.out()).isEmpty();
    assertThat(replay.err().lines()).hasSize(1);
    assertThat(replay.err()).contains(recording + ": the recording is damaged (");
  }

  @Test
  void aRecordingWithoutItsEndReplaysToItsLastCheckPointAndSaysSo() throws IOException {
    record("zoo_endless_yield", "--timeout", "300ms");
    byte[] file = Files.readAllBytes(recording);
    Files.write(recording, Arrays.copyOf(file, file.length - 1));
    Invocation replay = replay();
    assertThat(replay.exitCode()).isZero();
    assertThat(replay.err())
        .contains("is cut off; it is replayed up to its last check point, at 0.")
        .endsWith("identical up to where the recording is cut off\n");
  }
}
