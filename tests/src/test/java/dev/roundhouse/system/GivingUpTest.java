package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.cli.CommandInThisProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * panics.elf is panics.rs in a project of {@code new rust}, without its debug information: as a
 * program that was built before anybody knew of this.
 */
class GivingUpTest {
  @TempDir Path folder;

  @Test
  void aPanicEndsTheRunLikeAFaultWithMessagePlaceAndCallers() throws IOException {
    Outcome outcome = run("panics");
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err().lines().limit(10))
        .anyMatch(line ->
            line.contains(
                "tid 1 panicked: src/bin/panics.rs:7: index out of bounds: the len is 3 but the"
                    + " index is 5"))
        .anyMatch(line -> line.contains("#3") && line.contains("panics::pick+0x"));
  }

  @Test
  void aProgramThatMayPanicAndDoesNotIsLeftAlone() throws IOException {
    Outcome outcome = run("panics", "--arg", "AT=x");
    assertThat(outcome.out()).contains("picked 2");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aProgramInCThatCallsFailIsReportedWithWhatItSaid() throws IOException {
    Outcome outcome = run("bench_fib", "--arg", "N=x");
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err())
        .contains("tid 1 called fail: task 1: argument N=x")
        .contains("fail+0x0");
  }

  private Outcome run(String program, String... options) throws IOException {
    Path file = folder.resolve(program + ".elf");
    try (var in = GivingUpTest.class.getResourceAsStream(program + ".elf")) {
      Files.write(file, in == null ? Images.bundled(program) : in.readAllBytes());
    }
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--timeout", "1s"));
    words.addAll(List.of(options));
    return CommandInThisProcess.run(words, "");
  }
}
