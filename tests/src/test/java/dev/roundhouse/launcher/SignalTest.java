package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.record.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130, 20", "TERM, 143, 1", "HUP, 129, 1"})
  void aSignalEndsARunQuietlyAndWhatItWroteIsWholeHoweverOftenItComes(
      String signal, int code, int times) throws Exception {
    Path recording = folder.resolve("run.rec");
    Path trace = folder.resolve("run.trace");
    Roundhouse run =
        new Roundhouse(
            folder,
            "run",
            Roundhouse.image(folder, "zoo_endless_loop"),
            "--record",
            recording.toString(),
            "--trace",
            trace.toString());
    Process process = run.start();
    while (process.isAlive() && run.read("stdout").isEmpty()) {
      Thread.sleep(50);
    }
    boolean minds = minds(process, signal);
    if (!minds) {
      process.destroyForcibly();
    }
    assumeTrue(minds, "whoever started the tests had this signal ignored");
    assumeTrue(send(signal, process), "no kill command");
    for (int again = 1; again < times && process.isAlive(); again++) {
      boolean _ = send(signal, process);
    }
    Roundhouse.Result result = run.await(process).isTidy();
    assertThat(result.exitCode()).isEqualTo(code);
    assertThat(result.errLines()).hasSizeLessThanOrEqualTo(1);
    assertThat(Files.readString(trace)).startsWith("{").endsWith("}\n");
    try (InputStream file = Files.newInputStream(recording)) {
      assertThat(Recording.read(file).isComplete()).isTrue();
    }
  }

  /** A signal that a parent has ignored stays so: shells do that to SIGINT of background jobs. */
  private static boolean minds(Process process, String signal) throws IOException {
    int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).get(signal);
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    return !Files.exists(status)
        || Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .noneMatch(ignored -> (ignored >>> (number - 1) & 1) == 1);
  }

  private static boolean send(String signal, Process process)
      throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    return new ProcessBuilder("kill", "-" + signal, pid).start().waitFor() == 0;
  }
}
