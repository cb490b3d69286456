package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalEndsARunQuietly(String signal, int code) throws Exception {
    Roundhouse run = new Roundhouse(folder, "run", Roundhouse.image(folder, "zoo_endless_loop"));
    Process process = run.start();
    while (process.isAlive() && run.read("stdout").isEmpty()) {
      Thread.sleep(50);
    }
    send(signal, process);
    Roundhouse.Result result = run.await(process).isTidy();
    assertThat(result.exitCode()).isEqualTo(code);
    assertThat(result.errLines()).hasSizeLessThanOrEqualTo(1);
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    int done = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    assumeTrue(done == 0, "no kill command");
  }
}
