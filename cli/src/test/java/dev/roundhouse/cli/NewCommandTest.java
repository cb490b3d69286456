package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewCommandTest {
  private static final Path FIRMWARE = Path.of("..", "firmware-images");

  @TempDir Path folder;

  @Test
  void aProjectInCIsMade() throws IOException {
    Path project = folder.resolve("hello-train");
    Invocation invocation = make(Map.of(), "c", project);
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.out())
        .isEqualTo("Made %1$s. Next: cd %1$s && make run\n".formatted(project));
    assertThat(project.resolve("src/hello_train.c")).exists();
    assertThat(project.resolve("Makefile"))
        .content()
        .contains("ENTRY := hello_train\n", "ROUNDHOUSE ?= roundhouse\n");
  }

  @Test
  void theMakefileKnowsTheCommandThatMadeIt() {
    Path project = folder.resolve("a");
    make(Map.of("ROUNDHOUSE_LAUNCHER", "/opt/a $b/roundhouse"), "rust", project);
    assertThat(project.resolve("Makefile"))
        .content()
        .contains("ROUNDHOUSE ?= /opt/a $$b/roundhouse\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "rust"})
  void noMarkIsLeft(String language) throws IOException {
    Path project = folder.resolve("hello-train");
    make(Map.of(), language, project);
    try (Stream<Path> files = Files.walk(project)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(10)
          .allSatisfy(file -> assertThat(file).content().doesNotContainPattern("@[A-Z]+@"));
    }
  }

  @ParameterizedTest
  @CsvSource({"c, sdk/c, sdk", "rust, sdk/rust/src, trainsos/src"})
  void aProjectHasTheWholeSdk(String language, String source, String copy) throws IOException {
    Path project = folder.resolve("whole");
    make(Map.of(), language, project);
    assertThat(files(project.resolve(copy))).isEqualTo(files(FIRMWARE.resolve(source)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello", "9lives", "a b", "-x", "\u00e4"})
  void aNameThatIsNoProgramsNameIsRefused(String name) {
    Invocation invocation = Invocation.of("new", "c", "--", folder.resolve(name).toString());
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err()).containsOnlyOnce("\n").contains("is no name for a project");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainsos", "echo", "core", "name-server", "user_entry", "clock_server"})
  void aNameThatSomethingElseHasIsRefused(String name) {
    Invocation invocation = make(Map.of(), "rust", folder.resolve(name));
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err())
        .containsOnlyOnce("\n")
        .contains("'" + name + "' is the name of another program or library");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anEmptyFolderIsFilledAndNamesTheProject() throws IOException {
    Path project = Files.createDirectory(folder.resolve("hello"));
    Invocation invocation = make(Map.of(), "c", project.resolve("../hello/."));
    assertThat(invocation.exitCode()).isZero();
    assertThat(project.resolve("src/hello.c")).exists();
  }

  @Test
  void whatToTypeNextIsQuotedForTheShell() throws IOException {
    Path project = Files.createDirectory(folder.resolve("it's mine")).resolve("hello");
    String quoted = "'" + project.toString().replace("'", "'\\''") + "'";
    assertThat(make(Map.of(), "c", project).out())
        .isEqualTo("Made %s. Next: cd %s && make run\n".formatted(project, quoted));
  }

  @Test
  void noNameAtAllIsRefused() {
    Invocation invocation = Invocation.of("new", "c", "");
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err()).containsOnlyOnce("\n").contains("is no name for a project");
  }

  @Test
  void aFolderInUseIsLeftAlone() throws IOException {
    Path project = Files.createDirectory(folder.resolve("used"));
    Files.writeString(project.resolve("mine"), "mine");
    Invocation invocation = make(Map.of(), "c", project);
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err())
        .isEqualTo("roundhouse: new: " + project + " is there and not empty; give another name\n");
    assertThat(files(project)).containsExactly("mine");
  }

  @Test
  void aWayBackFromWhereNothingIsIsRefused() {
    Invocation invocation = make(Map.of(), "c", folder.resolve("none/../../x/.."));
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err()).containsOnlyOnce("\n").contains("leads back by '..'");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileOfThatNameIsLeftAlone() throws IOException {
    Path project = Files.writeString(folder.resolve("used"), "mine");
    Invocation invocation = make(Map.of(), "c", project);
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err())
        .isEqualTo("roundhouse: new: " + project + " is there and no folder; give another name\n");
  }

  @Test
  void anUnknownLanguageIsRefused() {
    Invocation invocation = make(Map.of(), "pascal", folder.resolve("a"));
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err())
        .isEqualTo("roundhouse: new: there is no SDK for 'pascal'; give c or rust\n");
  }

  @Test
  void aMissingToolchainIsNamedByItsPackages() {
    Invocation invocation = make(Map.of("PATH", folder.toString()), "c", folder.resolve("a"));
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.err())
        .isEqualTo("roundhouse: to build it, install the packages: make gcc-aarch64-linux-gnu\n");
  }

  @ParameterizedTest
  @CsvSource({
    "c, CROSS, no-gcc, , 'no-gcc is missing: install the package gcc-aarch64-linux-gnu'",
    "c, CROSS, old-gcc, 7.5.0, 'gcc 7.5.0 is too old (8 is needed): install the package gcc-aarch64'",
    "rust, RUSTC, no-rustc, , 'no-rustc is missing: install the package rustc-web'",
    "rust, RUSTC, old-rustc, rustc 1.63.0 (2022), 'rustc 1.63.0 is too old (1.82 is needed): install'",
  })
  void aMissingOrOldCompilerIsNamedByItsPackage(
      String language, String variable, String tool, @Nullable String version, String expected)
      throws IOException, InterruptedException {
    Path maker = Path.of("/usr/bin/make");
    assumeTrue(Files.exists(maker), maker + " is missing");
    Path project = folder.resolve("hello");
    make(Map.of(), language, project);
    Path compiler = folder.resolve(tool);
    if (version != null) {
      Files.writeString(compiler, "#!/bin/sh\necho '" + version + "'\n");
      assertThat(compiler.toFile().setExecutable(true)).isTrue();
    }
    String value = compiler.toString().replace("-gcc", "-");
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(maker.toString(), "-C", project.toString(), variable + "=" + value)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said).content().contains(expected);
  }

  private static Invocation make(Map<String, String> environment, String language, Path project) {
    return Invocation.of(environment, "new", language, project.toString());
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith("target"))
          .sorted()
          .toList();
    }
  }
}
