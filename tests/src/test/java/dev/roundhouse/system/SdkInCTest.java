package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.system.HostCommand.Ended;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests in {@code firmware-images/sdk-tests/c}: parts of the C SDK that need no machine,
 * compiled for this host, with the compiler's checks of addresses and arithmetic where it has them.
 */
class SdkInCTest {
  private static final Path FIRMWARE = Path.of("../firmware-images").toAbsolutePath().normalize();
  private static final Path SDK = FIRMWARE.resolve("sdk/c");
  private static final Path TESTS = FIRMWARE.resolve("sdk-tests/c");
  private static final List<String> PURE = List.of("memory", "msgbox", "services", "start", "text");
  private static final String PASSED = ": ok";

  private static final List<String> COMMON =
      List.of("-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-I" + SDK);

  private static final List<String> SANITIZERS =
      List.of("-fsanitize=address,undefined", "-fno-sanitize-recover=all");

  /** As for the guest, but under names that leave the host's own functions alone. */
  private static final List<String> FOR_THE_SDK =
      List.of(
          "-ffreestanding",
          "-fno-builtin",
          "-fno-tree-loop-distribute-patterns",
          "-Dmemcpy=sdk_memcpy",
          "-Dmemset=sdk_memset",
          "-Dmemcmp=sdk_memcmp",
          "-D_start=sdk_start");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> theSdkInC() throws IOException, InterruptedException {
    HostCommand.needsCompiler();
    Ended run = HostCommand.run(folder, List.of(program().toString()));
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        DynamicTest.dynamicTest(
            "theProgramOfTestsEndsWell",
            () -> {
              assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
              assertThat(tests).hasSizeGreaterThan(40);
            }));
    run.out()
        .lines()
        .forEach(line ->
            tests.add(
                DynamicTest.dynamicTest(
                    line.substring(0, Math.max(line.indexOf(':'), 0)),
                    () -> assertThat(line).endsWith(PASSED))));
    return tests.stream();
  }

  private Path program() throws IOException, InterruptedException {
    List<String> checks = hasSanitizers() ? SANITIZERS : List.of();
    Path program = folder.resolve("tests");
    List<String> link = words(checks, "-o", program.toString());
    for (String part : PURE) {
      Path object = folder.resolve(part + ".o");
      List<String> compile = words(checks, "-c", SDK.resolve(part + ".c").toString());
      compile.addAll(FOR_THE_SDK);
      compile.addAll(List.of("-o", object.toString()));
      HostCommand.check(folder, compile);
      link.add(object.toString());
    }
    try (DirectoryStream<Path> sources = Files.newDirectoryStream(TESTS, "*.c")) {
      sources.forEach(source -> link.add(source.toString()));
    }
    HostCommand.check(folder, link);
    return program;
  }

  private boolean hasSanitizers() throws IOException, InterruptedException {
    Path empty = Files.writeString(folder.resolve("empty.c"), "int main(void) { return 0; }\n");
    Path program = folder.resolve("empty");
    List<String> compile = words(SANITIZERS, "-o", program.toString(), empty.toString());
    return HostCommand.run(folder, compile).exitCode() == 0
        && HostCommand.run(folder, List.of(program.toString())).exitCode() == 0;
  }

  private static List<String> words(List<String> checks, String... more) {
    List<String> words = new ArrayList<>(List.of(HostCommand.GCC));
    words.addAll(COMMON);
    words.addAll(checks);
    words.addAll(List.of(more));
    return words;
  }
}
