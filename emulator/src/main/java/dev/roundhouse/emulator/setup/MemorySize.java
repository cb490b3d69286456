package dev.roundhouse.emulator.setup;

import dev.roundhouse.emulator.machine.Guest;
import java.util.OptionalLong;

/** Amounts of RAM as users write them. */
public final class MemorySize {
  /** What can be written, for messages. */
  public static final String FORM = "give 1M to 4G, as in 512M or 2G";

  private static final int MOST_DIGITS = 6;
  private static final int MIB_SHIFT = 20;
  private static final int GIB_SHIFT = 30;
  private static final long FOUR_GIB = 4L << GIB_SHIFT;

  private MemorySize() {}

  /** The bytes of such as 512M or 4G, of 4G what lies below the devices; empty for others. */
  public static OptionalLong parse(String text) {
    int last = text.length() - 1;
    boolean isNumber =
        last > 0
            && last <= MOST_DIGITS
            && text.chars().limit(last).allMatch(c -> c >= '0' && c <= '9');
    int shift =
        switch (last < 0 ? ' ' : text.charAt(last)) {
          case 'M' -> MIB_SHIFT;
          case 'G' -> GIB_SHIFT;
          default -> 0;
        };
    long bytes = isNumber && shift != 0 ? Long.parseLong(text.substring(0, last)) << shift : 0;
    return bytes < Guest.Kernel.LEAST_RAM || bytes > FOUR_GIB
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(bytes, Guest.Kernel.MOST_RAM));
  }
}
