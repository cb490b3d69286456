package dev.roundhouse.junit;

import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.engine.EngineLibraries;
import dev.roundhouse.emulator.engine.EngineRequest;
import dev.roundhouse.emulator.engine.NoEngineException;
import java.util.Optional;

/** The engine library of all tests in this JVM: found and loaded once. */
final class Engines {
  private static final Found FOUND = find();

  private Engines() {}

  private sealed interface Found {
    record Library(EngineChoice choice) implements Found {}

    record None(NoEngineException why) implements Found {}
  }

  private static Found find() {
    try {
      return new Found.Library(
          EngineLibraries.choose(EngineRequest.of(Optional.empty(), System.getenv())));
    } catch (NoEngineException e) {
      return new Found.None(e);
    }
  }

  static EngineChoice best() {
    return switch (FOUND) {
      case Found.Library(EngineChoice choice) -> choice;
      case Found.None(NoEngineException why) ->
          throw new SetupException(String.valueOf(why.getMessage()), why);
    };
  }
}
