package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.cli.CommandInThisProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each mistake of docs/debugging.md is named within the first ten lines, with file and line. The
 * programs are built in a new project.
 */
class DebuggingGuideTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path CARGO_TARGET = Path.of("target/rust-guest").toAbsolutePath();
  private static final int MISTAKES = 12;
  private static final int FIRST_LINES = 10;
  private static final long MINUTES = 5;

  @TempDir Path folder;

  @Test
  void eachMistakeInCIsNamedWithItsLine() throws IOException, InterruptedException {
    HostCommand.needs("/usr/bin/make", "/usr/bin/aarch64-linux-gnu-gcc");
    eachIsNamed("c", ".c", "src");
  }

  @Test
  void eachMistakeInRustIsNamedWithItsLine() throws IOException, InterruptedException {
    HostCommand.needs(
        "/usr/bin/make",
        "/usr/bin/aarch64-linux-gnu-ld",
        "/usr/bin/rustc",
        "/usr/bin/cargo",
        "/usr/lib/rustlib/src/rust/library");
    eachIsNamed("rust", ".rs", "src/bin");
  }

  private void eachIsNamed(String language, String ending, String sources)
      throws IOException, InterruptedException {
    Path project = folder.resolve("nights");
    assertThat(
            CommandInThisProcess.run(List.of("new", language, project.toString()), "").exitCode())
        .isZero();
    try (Stream<Path> files = Files.list(DOCS.resolve("debugging"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(ending)).toList()) {
        Files.copy(file, project.resolve(sources).resolve(file.getFileName()));
      }
    }
    make(project);
    Pattern shownOfOne =
        Pattern.compile(
            "\\(debugging/(\\w+)%s\\)\\)\n\n```text\n(.*?)```".formatted(Pattern.quote(ending)),
            Pattern.DOTALL);
    List<MatchResult> mistakes = shownOfOne.matcher(page()).results().toList();
    assertThat(mistakes).hasSizeGreaterThanOrEqualTo(MISTAKES);
    for (MatchResult mistake : mistakes) {
      String program = mistake.group(1);
      List<String> seen = firstLines(run(project.resolve("build"), program));
      List<String> shown = mistake.group(2).lines().toList();
      assertThat(shown).hasSizeBetween(1, FIRST_LINES);
      assertThat(String.join("\n", shown)).containsPattern(program + ending + ":\\d+");
      for (int i = 0; i < shown.size(); i++) {
        assertThat(seen.get(i)).matches(Pattern.quote(shown.get(i)).replace("...", "\\E.*\\Q"));
      }
    }
  }

  private void make(Path project) throws IOException, InterruptedException {
    Path log = folder.resolve("make.log");
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/make", "-C", project.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Kept from one run of the tests to the next: core need not be built again.
    builder.environment().put("CARGO_TARGET_DIR", CARGO_TARGET.toString());
    Process make = builder.start();
    boolean hasEnded = make.waitFor(MINUTES, TimeUnit.MINUTES);
    make.destroyForcibly();
    assertThat(hasEnded).isTrue();
    assertThat(make.exitValue()).as(Files.readString(log)).isZero();
  }

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("debugging.md"));
  }

  private static List<String> firstLines(Outcome outcome) {
    return outcome.err().lines().limit(FIRST_LINES).toList();
  }

  private static Outcome run(Path programs, String program) {
    String file = programs.resolve(program + ".elf").toString();
    return CommandInThisProcess.run(
        List.of("run", file, "--programs", programs.toString(), "--timeout", "100ms"), "");
  }
}
