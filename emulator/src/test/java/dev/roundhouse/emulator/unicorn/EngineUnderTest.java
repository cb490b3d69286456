package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.engine.EngineLibraries;
import dev.roundhouse.emulator.engine.EngineRequest;
import dev.roundhouse.emulator.engine.EngineSource;
import dev.roundhouse.emulator.engine.NoEngineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A library that the tests run on, or why it is not there: the best one, the embedded one, and
 * those that the variable ROUNDHOUSE_TEST_ENGINES names.
 */
public record EngineUnderTest(String name, Optional<UnicornLibrary> library) {
  private static final EngineRequest NOTHING_INSTALLED =
      new EngineRequest(Optional.empty(), Optional.empty(), List.of());

  public static Stream<EngineUnderTest> all() {
    return Stream.concat(
        Stream.of(best(), of("embedded", NOTHING_INSTALLED)),
        Stream.ofNullable(System.getenv("ROUNDHOUSE_TEST_ENGINES"))
            .flatMap(paths -> Stream.of(paths.split(":")))
            .map(path -> of("named", named(Path.of(path)))));
  }

  private static EngineRequest named(Path file) {
    return new EngineRequest(Optional.of(file), Optional.empty(), List.of());
  }

  private static EngineUnderTest best() {
    EngineUnderTest best = of("best", EngineRequest.of(Optional.empty(), System.getenv()));
    return best.name.contains(EngineSource.EMBEDDED.text())
        ? new EngineUnderTest(
            "best (none is installed: run build/install-engine)", Optional.empty())
        : best;
  }

  private static EngineUnderTest of(String role, EngineRequest request) {
    try {
      EngineChoice choice = EngineLibraries.choose(request);
      UnicornLibrary library = (UnicornLibrary) choice.engine();
      return new EngineUnderTest(
          role + ": " + library.version() + ", " + choice.finding().source().text(),
          Optional.of(library));
    } catch (NoEngineException e) {
      if (!e.getMessage().contains("none was found")) {
        throw new IllegalStateException(e);
      }
      return new EngineUnderTest(role + " (" + e.getMessage() + ")", Optional.empty());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
