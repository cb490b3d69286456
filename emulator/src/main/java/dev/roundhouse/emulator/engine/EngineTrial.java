package dev.roundhouse.emulator.engine;

/** What came of trying a library. */
public sealed interface EngineTrial {
  /**
   * It does what it should.
   *
   * @param version as it names itself
   * @param storeMips millions of instructions a second in a loop of stores
   */
  record Works(String version, int storeMips) implements EngineTrial {}

  /** It cannot be used. */
  record Unusable(String reason) implements EngineTrial {}

  /** It was not loaded, because it may not be what it is taken for. */
  record Refused(String reason) implements EngineTrial {}
}
