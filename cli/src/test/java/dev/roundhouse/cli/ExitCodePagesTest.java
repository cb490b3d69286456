package dev.roundhouse.cli;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.options.ComparingCommand;
import dev.roundhouse.emulator.file.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's table of exit codes, the commands' pages and their help agree. */
class ExitCodePagesTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Set<Integer> SIGNALS = Set.of(129, 130, 137, 143);
  private static final Pattern TABLE =
      Pattern.compile("(?m)^\\| [Ee]xit code \\|.*\\n\\|[- |]+\\n((\\|.*\\n)+)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9, ]+) \\|");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern IN_HELP = Pattern.compile("(?m)^  (\\d+) +\\S");

  @Test
  void theReadmeHasEveryCodeOfTheCommand() throws IOException {
    Set<Integer> codes = new TreeSet<>(SIGNALS);
    Stream.of(ExitCode.values()).map(ExitCode::code).forEach(codes::add);
    codes.add(ComparingCommand.MALFUNCTION);
    assertThat(inTables(README)).isEqualTo(codes);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noPageHasACodeThatTheReadmeHasNot(Path page) throws IOException {
    assertThat(inTables(README)).containsAll(inTables(page));
  }

  @Test
  void thePagesOfCommandsHaveTables() throws IOException {
    Path docs = Path.of("..", "docs");
    assertThat(inTables(docs.resolve("run.md"))).contains(0, 1, 2, 3, 4, 5, 6, 42, 130);
    assertThat(inTables(docs.resolve("scenarios.md"))).containsExactly(0, 2, 3, 4, 5, 6, 7, 42);
    assertThat(inTables(docs.resolve("conformance.md"))).containsExactly(0, 2, 7);
    assertThat(inTables(docs.resolve("programs.md"))).containsExactly(0, 1, 2, 3, 70);
  }

  @ParameterizedTest
  @CsvSource({
    "run, 0 1 2 3 4 5 6 7 42",
    "boot, 0 1 2 3 4 7 42",
    "replay, 0 1 2 3 4 5 6 7 42",
    "test, 0 1 2 3 4 5 6 7 42",
    "diff, 0 1 2 3 7",
    "conform, 0 1 2 7",
    "inspect, 0 1 2 3",
    "layout, 0 1 2 3 70",
    "stubs, 0 1 2 3 7",
    "new, 0 1 2",
    "track, 0 1 2",
  })
  void theHelpHasTheCommandsOwnCodes(String command, String codes) {
    assertThat(inHelp(command))
        .isEqualTo(
            Stream.of(codes.split(" ")).map(Integer::valueOf).collect(toCollection(TreeSet::new)));
  }

  @Test
  void theHelpOfLayoutHasItsOwnToo() {
    assertThat(inHelp("layout")).contains(1, ComparingCommand.MALFUNCTION);
    assertThat(Invocation.of("layout", "--help").out())
        .contains("1    two programs do not agree on the structure");
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("..", "docs"))) {
      return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static Set<Integer> inTables(Path page) throws IOException {
    return TABLE
        .matcher(Files.readString(page))
        .results()
        .flatMap(table -> ROW.matcher(table.group(1)).results())
        .flatMap(row -> NUMBER.matcher(row.group(1)).results())
        .map(MatchResult::group)
        .map(Integer::valueOf)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<Integer> inHelp(String command) {
    String help = Invocation.of(command, "--help").out();
    return IN_HELP
        .matcher(help.substring(help.indexOf("Exit codes:")))
        .results()
        .map(row -> Integer.valueOf(row.group(1)))
        .collect(toCollection(TreeSet::new));
  }
}
