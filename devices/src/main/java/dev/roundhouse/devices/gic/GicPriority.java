package dev.roundhouse.devices.gic;

/**
 * Priorities of the GIC-400: 8 bits of which 5 are implemented, 0 the highest. Non-secure software
 * sees the lower half of the range, shifted up by one (GICv2 architecture, IHI 0048B, 3.8.1 and
 * 4.3.11; GIC-400 TRM, DDI 0471B, 2.3).
 */
final class GicPriority {
  private static final int IMPLEMENTED = 0xF8;
  private static final int LOWER_HALF = 0x80;
  private static final int BYTE = 0xFF;

  private GicPriority() {}

  /** The priority that a non-secure write of {@code value} sets. */
  static int written(int value) {
    return (value >>> 1 | LOWER_HALF) & IMPLEMENTED;
  }

  /** What a non-secure read gives for {@code priority}. */
  static int viewed(int priority) {
    return priority << 1 & BYTE & IMPLEMENTED << 1;
  }

  /** As {@link #written}, for four priorities in a word. */
  static int writtenFour(int values) {
    int result = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      result |= written(values >>> shift & BYTE) << shift;
    }
    return result;
  }

  /** As {@link #viewed}, for four priorities in a word. */
  static int viewedFour(int priorities) {
    int result = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      result |= viewed(priorities >>> shift & BYTE) << shift;
    }
    return result;
  }

  /** Whether {@code priority} lies in the half that non-secure software can see and set. */
  static boolean isNonSecure(int priority) {
    return priority >= LOWER_HALF;
  }
}
