package dev.roundhouse.emulator.engine;

/** Where an engine library comes from, best first. */
public enum EngineSource {
  /** The user names the file. */
  EXPLICIT("given by the user"),
  /** build/install-engine has put it into the cache: Debian 13's package. */
  INSTALLED("Debian 13's, in the cache"),
  /** The system's own package has it. */
  SYSTEM("the system's"),
  /** It comes with Roundhouse, inside the Maven artifact unidbg-unicorn2. */
  EMBEDDED("embedded");

  private final String text;

  EngineSource(String text) {
    this.text = text;
  }

  /** Whether only libraries whose checksum is known are taken from there. */
  boolean isPinned() {
    return this == INSTALLED || this == EMBEDDED;
  }

  /** The source in a few words. */
  public String text() {
    return text;
  }
}
