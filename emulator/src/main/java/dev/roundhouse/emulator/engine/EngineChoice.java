package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.cpu.Engine;
import java.util.List;

/**
 * The library to use.
 *
 * @param engine the library, loaded
 * @param finding where it comes from and how fast it is
 * @param refused what would have gone before it, but is not trusted
 */
public record EngineChoice(Engine engine, EngineFinding finding, List<EngineFinding> refused) {
  /** Copies the list. */
  public EngineChoice {
    refused = List.copyOf(refused);
  }
}
