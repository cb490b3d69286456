package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compilers of this host, and what they make. */
final class HostCommand {
  static final String GCC = "/usr/bin/gcc";
  static final String RUSTC = "/usr/bin/rustc";

  private static final String C_LIBRARY = "/usr/include/stdio.h";
  private static final long MINUTES = 2;

  /** How a command ended, and what it said on each stream. */
  record Ended(int exitCode, String out, String err) {}

  private HostCommand() {}

  /** Skips the test where there is no compiler for C programs of the host. */
  static void needsCompiler() {
    needs(GCC, C_LIBRARY);
  }

  /** Skips the test where one of the files is missing. */
  static void needs(String... files) {
    for (String file : files) {
      assumeTrue(Files.exists(Path.of(file)), file + " is missing");
    }
  }

  /** Runs a command in a folder, where it may leave files. */
  static Ended run(Path folder, List<String> words) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    boolean hasEnded = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(hasEnded).as("%s ends", words).isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Runs a command that must end well. */
  static void check(Path folder, List<String> words) throws IOException, InterruptedException {
    Ended ended = run(folder, words);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }
}
