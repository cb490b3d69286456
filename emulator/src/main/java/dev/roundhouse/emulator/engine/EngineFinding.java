package dev.roundhouse.emulator.engine;

import java.nio.file.Path;

/**
 * A library that was found, and what came of trying it.
 *
 * @param source where it comes from
 * @param file where it is
 * @param trial whether it can be used
 */
public record EngineFinding(EngineSource source, Path file, EngineTrial trial) {
  /** Its speed, 0 when it cannot be used. */
  public int storeMips() {
    return trial instanceof EngineTrial.Works works ? works.storeMips() : 0;
  }

  /** Whether it was not even loaded. */
  public boolean isRefused() {
    return trial instanceof EngineTrial.Refused;
  }

  /** The finding in one line. */
  public String text() {
    return switch (trial) {
      case EngineTrial.Works(String version, int mips) ->
          "Unicorn %s, %s, %d MIPS in a loop of stores: %s"
              .formatted(version, source.text(), mips, file);
      case EngineTrial.Unusable(String reason) ->
          "%s: %s (%s)".formatted(file, reason, source.text());
      case EngineTrial.Refused(String reason) ->
          "%s: refused: %s (%s)".formatted(file, reason, source.text());
    };
  }
}
