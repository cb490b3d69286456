package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in processes of their own whose output nobody takes: limits and signals end them. */
class PromptEndTest {
  private static final int PRINT_RAW = 13;
  private static final long TEXT = 0x4000_0000L;
  private static final long MEGABYTES = 0x200_0000L;

  /** Far more than it takes here, on a host that does much else; without an end it is for ever. */
  private static final long PATIENCE_SECONDS = 30;

  private static final int LOOKS = 100;
  private static final int MILLIS_BETWEEN_LOOKS = 300;

  /** Of the program that is written word by word. */
  private static final String NOTHING_BUT = "no section headers";

  @TempDir private Path folder;

  @BeforeAll
  static void needsSignals() {
    HostCommand.needs("/bin/kill");
  }

  /** Prints more than the pipe holds, none of which is read. */
  private Process flood(String... options) throws IOException {
    Path program = folder.resolve("flood.elf");
    Files.write(program, GuestCode.callingOnce(PRINT_RAW, TEXT, MEGABYTES));
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.addAll(List.of("dev.roundhouse.cli.Main", "run", program.toString()));
    words.addAll(List.of(options));
    return new ProcessBuilder(words).redirectError(folder.resolve("err").toFile()).start();
  }

  /** A pipe is full when it gets no more: how much that is depends on how it was written to. */
  private static void awaitFullPipe(Process process) throws Exception {
    InputStream output = process.getInputStream();
    int before = 0;
    for (int looks = 0; looks < LOOKS && process.isAlive(); looks++) {
      TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
      int now = output.available();
      if (now > 0 && now == before) {
        return;
      }
      before = now;
    }
  }

  private static int exitCode(Process process) throws InterruptedException {
    boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(hasEnded).as("it ends").isTrue();
    return process.exitValue();
  }

  @Test
  void theLimitOfRealTimeEndsARunWhoseOutputNobodyTakes() throws Exception {
    Process process = flood("--wall-timeout", "2s");
    assertThat(exitCode(process)).isEqualTo(42);
    assertThat(Files.readString(folder.resolve("err"))).contains("--wall-timeout").hasLineCount(2);
  }

  @Test
  void aSignalEndsARunWhoseOutputNobodyTakes() throws Exception {
    Process process = flood();
    awaitFullPipe(process);
    new ProcessBuilder("/bin/kill", "-TERM", Long.toString(process.pid())).start().waitFor();
    assertThat(exitCode(process)).isEqualTo(143);
    assertThat(Files.readString(folder.resolve("err"))).contains(NOTHING_BUT).hasLineCount(1);
  }
}
