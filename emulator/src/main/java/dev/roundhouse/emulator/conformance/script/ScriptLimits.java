package dev.roundhouse.emulator.conformance.script;

/** How large scripts may be. */
final class ScriptLimits {
  /** Steps of one program. */
  static final int STEPS = 4_096;

  /** Bytes of one message or buffer. */
  static final int BYTES = 4 << 20;

  private static final int LARGEST_BYTE = 0xFF;

  private ScriptLimits() {}

  static void checkLength(int length) {
    if (length < 0 || length > BYTES) {
      throw new IllegalArgumentException(
          "a script's message or buffer has 0 to %d bytes, not %d".formatted(BYTES, length));
    }
  }

  static void checkBytes(String bytes) {
    checkLength(bytes.length());
    for (int index = 0; index < bytes.length(); index++) {
      if (bytes.charAt(index) > LARGEST_BYTE) {
        throw new IllegalArgumentException("character %d is no byte".formatted(index));
      }
    }
  }
}
