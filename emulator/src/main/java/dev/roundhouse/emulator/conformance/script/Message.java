package dev.roundhouse.emulator.conformance.script;

/** Bytes that a script hands to the kernel, by a pointer and a length. */
public sealed interface Message {
  /**
   * The script's own bytes.
   *
   * @param bytes a character for each byte, 0 to 255
   */
  record Text(String bytes) implements Message {
    /** Checks the characters. */
    public Text {
      ScriptLimits.checkBytes(bytes);
    }
  }

  /**
   * Any pointer and length.
   *
   * @param length unsigned, as the whole register
   */
  record At(long address, long length) implements Message {}

  /** The script's own bytes, a character for each. */
  static Message text(String bytes) {
    return new Text(bytes);
  }

  /** Any pointer and length. */
  static Message at(long address, long length) {
    return new At(address, length);
  }
}
