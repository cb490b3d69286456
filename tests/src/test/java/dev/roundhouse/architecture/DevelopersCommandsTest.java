package dev.roundhouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of CONTRIBUTING.md can be typed. Those that take long are run by {@code ./verify
 * --deep}.
 */
class DevelopersCommandsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\| `((?:\\./|build/|firm)[^`]+)` \\|");
  private static final Pattern SCRIPT = Pattern.compile("^[\\w./-]+");
  private static final Pattern OPTION = Pattern.compile(" \\[?(--[a-z-]+)");
  private static final Pattern TEST = Pattern.compile("-Dtest='?(\\w+)'?");
  private static final Pattern PROPERTY = Pattern.compile("-D([\\w.]+)=");
  private static final Pattern MODULE = Pattern.compile("-pl ([\\w-]+)");
  private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");
  private static final List<String> SUREFIRES = List.of("test", "surefire.failIfNoSpecifiedTests");
  private static final int USAGE = 2;

  static List<String> commands() throws IOException {
    return found(COMMAND, Files.readString(ROOT.resolve("CONTRIBUTING.md"))).toList();
  }

  static List<String> commandsThatNameATest() throws IOException {
    return commands().stream().filter(command -> command.contains("-Dtest=")).toList();
  }

  /** What the pattern's group has found, or all of it where there is no group. */
  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(DevelopersCommandsTest::wanted);
  }

  private static String wanted(MatchResult result) {
    return result.group(result.groupCount());
  }

  private static String only(Pattern pattern, String command) {
    List<String> all = found(pattern, command).toList();
    assertThat(all).as("%s of %s", pattern, command).hasSize(1);
    return all.getFirst();
  }

  private static String poms() throws IOException {
    return Files.readString(ROOT.resolve("pom.xml"))
        + Files.readString(ROOT.resolve("tests/pom.xml"))
        + Files.readString(ROOT.resolve("kernel-model/pom.xml"));
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(10).anyMatch(command -> command.equals("./verify"));
    assertThat(commandsThatNameATest()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itsScriptIsThereAndHasItsOptions(String command) throws Exception {
    Path script = ROOT.resolve(only(SCRIPT, command));
    assertThat(script).isExecutable();
    assertThat(exitCode("bash", "-n", script.toString())).isZero();
    if (!script.endsWith("roundhouse")) {
      assertThat(found(OPTION, command)).allMatch(option -> hasOption(script, option));
    }
  }

  private static boolean hasOption(Path script, String option) {
    try {
      return Files.readString(script).contains(option);
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("commandsThatNameATest")
  void itSelectsATest(String command) throws IOException {
    Path module = ROOT.resolve(only(MODULE, command)).resolve("src/test/java");
    String source = source(module, only(TEST, command));
    assertThat(source).containsPattern("@(Test|ParameterizedTest|TestFactory|FuzzTest)\\b");
    assertThat(source.contains("@Tag(\"deep\")")).isEqualTo(command.contains("-Pdeep"));
    assertThat(source.contains("@FuzzTest")).isEqualTo(command.contains("-Pfuzz"));
  }

  private static String source(Path folder, String test) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> sources = files.filter(file -> file.endsWith(test + ".java")).toList();
      assertThat(sources).as(test).hasSize(1);
      return Files.readString(sources.getFirst());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itsProfilesAndPropertiesAreHeeded(String command) throws IOException {
    String poms = poms();
    assertThat(found(PROFILE, command)).allMatch(id -> poms.contains("<id>" + id + "</id>"));
    String tests = testSources();
    assertThat(found(PROPERTY, command).filter(name -> !SUREFIRES.contains(name)))
        .allMatch(name -> tests.contains('"' + name + '"') || poms.contains("${" + name + "}"));
  }

  private static String testSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("tests/src/test/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      StringBuilder all = new StringBuilder();
      for (Path source : sources) {
        all.append(Files.readString(source));
      }
      return all.toString();
    }
  }

  @Test
  void verifySaysHowItIsUsed() throws Exception {
    assertThat(exitCode(ROOT.resolve("verify").toString(), "--help")).isZero();
    assertThat(exitCode(ROOT.resolve("verify").toString(), "--shallow")).isEqualTo(USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = "conform --document")
  void aCommandOfRoundhouseRuns(String words) throws IOException {
    assertThat(commands()).anyMatch(command -> command.startsWith("./roundhouse " + words));
    assertThat(CommandInThisProcess.run(List.of(words.split(" ")), "").exitCode()).isZero();
  }

  private static int exitCode(String... words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(hasEnded).as(Stream.of(words).collect(Collectors.joining(" "))).isTrue();
    return process.exitValue();
  }
}
