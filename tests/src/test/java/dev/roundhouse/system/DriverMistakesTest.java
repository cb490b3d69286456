package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a driver does wrong with a device is told in a line that names its source. */
class DriverMistakesTest {
  private static final Path SOURCES =
      Path.of("src/test/resources/dev/roundhouse/system/mistakes").toAbsolutePath();
  private static final Path IMAGES = Path.of("../firmware-images").toAbsolutePath();
  private static final Pattern TOLD = Pattern.compile("/\\* told: (.*) \\*/");
  private static final List<String> COMPILE =
      List.of(
          "/usr/bin/aarch64-linux-gnu-gcc",
          "-g",
          "-O2",
          "-ffreestanding",
          "-fno-builtin",
          "-mgeneral-regs-only",
          "-mstrict-align",
          "-fno-optimize-sibling-calls",
          "-fno-stack-protector",
          "-fno-tree-loop-distribute-patterns",
          "-nostdlib",
          "-Wl,--build-id=none");

  @TempDir Path folder;

  @Test
  void mistakesOfAKernelWithTheCanControllerNameTheirLines()
      throws IOException, InterruptedException {
    Path kernels = IMAGES.resolve("kernels");
    Path common = kernels.resolve("common");
    compile(
        "can_driver",
        Stream.of("start.S", "support.c", "mcp2515.c").map(common::resolve),
        List.of("-I" + common, "-static", "-no-pie", "-Wl,-T," + common.resolve("kernel.ld")));
    eachMistakeIsTold("can_driver", "boot");
  }

  @Test
  void mistakesOfAProgramNameTheTaskAndTheLine() throws IOException, InterruptedException {
    Path sdk = IMAGES.resolve("sdk/c");
    try (Stream<Path> parts = Files.list(sdk)) {
      compile(
          "spi_program",
          parts.filter(file -> file.toString().matches(".*\\.[cS]")).sorted(),
          List.of("-I" + sdk, "-fPIE", "-static-pie", "-Wl,-z,max-page-size=4096"));
    }
    eachMistakeIsTold("spi_program", "run");
  }

  private void compile(String name, Stream<Path> others, List<String> options)
      throws IOException, InterruptedException {
    HostCommand.needs(COMPILE.getFirst());
    List<String> words = new ArrayList<>(COMPILE);
    words.addAll(options);
    words.add(source(name).toString());
    others.map(Path::toString).forEach(words::add);
    words.addAll(List.of("-o", name + ".elf"));
    HostCommand.check(folder, words);
  }

  private static Path source(String name) {
    return SOURCES.resolve(name + ".c");
  }

  private void eachMistakeIsTold(String name, String command) throws IOException {
    String file = folder.resolve(name + ".elf").toString();
    var outcome = CommandInThisProcess.run(List.of(command, file, "--timeout", "1s"), "");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    List<String> lines = Files.readAllLines(source(name));
    for (int n = 0; n < lines.size(); n++) {
      Matcher told = TOLD.matcher(lines.get(n));
      if (told.find()) {
        String place = " %s.c:%d in ".formatted(name, n + 1);
        assertThat(outcome.err().lines())
            .as("%s at%s", told.group(1), place)
            .anyMatch(line ->
                line.startsWith("roundhouse: warning: ")
                    && line.contains(told.group(1))
                    && line.contains(place));
      }
    }
  }
}
