package dev.roundhouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages for developers name what is there. */
class PagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern TYPE = Pattern.compile("[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+");
  private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w*Tests?\\b");
  private static final Pattern PLACE =
      Pattern.compile("(?:devices|kernel-model|emulator|cli|tests|firmware-images)/[\\w./-]+");

  /** Names in the pages that are not ours. */
  private static final Set<String> OTHERS = Set.of("NullMarked", "FuzzTest", "StoppingTests");

  static List<Path> pages() {
    return Stream.of("ARCHITECTURE.md", "CONTRIBUTING.md").map(ROOT::resolve).toList();
  }

  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(file -> ROOT.relativize(file).toString())
          .filter(file -> file.endsWith(".java") && !file.contains("target/"))
          .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - 5))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group);
  }

  private static Stream<String> inCode(Path page, Pattern pattern) throws IOException {
    Function<MatchResult, String> code = match -> match.group(1);
    return CODE.matcher(Files.readString(page))
        .results()
        .map(code)
        .flatMap(each -> found(pattern, each));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachPlaceIsThere(Path page) throws IOException {
    List<String> places = inCode(page, PLACE).filter(place -> !place.contains("/target/")).toList();
    assertThat(places).isNotEmpty();
    assertThat(places).allSatisfy(place -> assertThat(ROOT.resolve(place)).exists());
  }

  @Test
  void eachTypeOfTheArchitectureIsThere() throws IOException {
    Set<String> sources = sources();
    List<String> types =
        inCode(ROOT.resolve("ARCHITECTURE.md"), TYPE)
            .filter(type -> !OTHERS.contains(type))
            .toList();
    assertThat(types).hasSizeGreaterThan(30).isSubsetOf(sources);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachTestIsThere(Path page) throws IOException {
    List<String> tests =
        found(TEST, Files.readString(page)).filter(test -> !OTHERS.contains(test)).toList();
    assertThat(sources()).containsAll(tests);
  }
}
