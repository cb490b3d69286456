package dev.roundhouse.emulator.conformance.cases;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions of the kernel that cases name, and where each of them is. */
final class Sources {
  private static final String SECTION = "course ";
  private static final Map<String, Source> FUNCTIONS = functions();

  private Sources() {}

  private static Map<String, Source> functions() {
    return CaseText.lines("sources").stream()
        .map(line -> line.split(": ", 2))
        .flatMap(file -> Stream.of(file[1].split(", ")).map(place -> new Source(file[0], place)))
        .collect(Collectors.toUnmodifiableMap(Source::place, Function.identity()));
  }

  /** A function's name, or {@code course} and a section of the specification. */
  static Source named(String name) {
    if (name.startsWith(SECTION)) {
      return Source.course(name.substring(SECTION.length()));
    }
    Source source = FUNCTIONS.get(name);
    if (source == null) {
      throw new IllegalArgumentException("no source " + name);
    }
    return source;
  }
}
