package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/programs.md says, far away from this repository, and compares what it prints. */
class ProgramsGuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern STEP =
      Pattern.compile("```sh\n(.*?)```\\s+```text\n(.*?)```", Pattern.DOTALL);
  private static final String RUST_HEADING = "## In Rust";
  private static final long MINUTES = 10;

  @TempDir Path folder;

  @Test
  void theWalkThroughInC() throws IOException, InterruptedException {
    HostCommand.needs("/usr/bin/make", "/usr/bin/aarch64-linux-gnu-gcc");
    String guide = guide();
    follow(guide.substring(0, guide.indexOf(RUST_HEADING)), 3);
  }

  @Test
  void theWalkThroughInRust() throws IOException, InterruptedException {
    HostCommand.needs(
        "/usr/bin/make",
        "/usr/bin/aarch64-linux-gnu-ld",
        "/usr/bin/rustc",
        "/usr/bin/cargo",
        "/usr/lib/rustlib/src/rust/library");
    String guide = guide();
    Files.createDirectory(folder.resolve("before"));
    folder = folder.resolve("before");
    follow(guide.substring(guide.indexOf(RUST_HEADING)), 3);
  }

  private static String guide() throws IOException {
    return Files.readString(ROOT.resolve("docs/programs.md"));
  }

  private void follow(String text, int steps) throws IOException, InterruptedException {
    List<String> script = new ArrayList<>(List.of("set -e"));
    StringBuilder expected = new StringBuilder();
    STEP.matcher(text)
        .results()
        .forEach(step -> {
          script.add(step.group(1));
          expected.append(step.group(2));
        });
    assertThat(script).hasSize(steps + 1);
    assertThat(run(String.join("\n", script))).isEqualTo(expected.toString());
  }

  /** Runs a script with {@code roundhouse} on its PATH; gives what it prints, CR left out. */
  private String run(String script) throws IOException, InterruptedException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path launcher = bin.resolve("roundhouse");
    Files.writeString(launcher, launcher());
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", script);
    bash.directory(folder.toFile());
    bash.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    bash.environment().remove("MAKEFLAGS");
    // Kept from one run of the tests to the next: core need not be built again.
    bash.environment().put("CARGO_TARGET_DIR", ROOT.resolve("tests/target/rust-guest").toString());
    Process process = bash.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    boolean hasEnded = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(hasEnded).isTrue();
    String errors = Files.readString(err, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(errors).isZero();
    return Files.readString(out, StandardCharsets.UTF_8).replace("\r", "");
  }

  private static String launcher() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return "#!/bin/sh\nexec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
        .formatted(java, System.getProperty("java.class.path"), "dev.roundhouse.cli.Main");
  }
}
