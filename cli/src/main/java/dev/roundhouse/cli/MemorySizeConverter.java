package dev.roundhouse.cli;

import dev.roundhouse.emulator.machine.BootConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of RAM such as 512M or 4G; of 4G what lies below the devices. */
final class MemorySizeConverter implements ITypeConverter<Long> {
  private static final int MOST_DIGITS = 6;
  private static final int MIB_SHIFT = 20;
  private static final int GIB_SHIFT = 30;
  private static final long FOUR_GIB = 4L << GIB_SHIFT;

  @Override
  public Long convert(String text) {
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
    if (bytes < BootConfig.LEAST_RAM || bytes > FOUR_GIB) {
      throw new TypeConversionException(
          "'" + text + "' is no amount of RAM: give 1M to 4G, as in 512M or 2G");
    }
    return Math.min(bytes, BootConfig.MOST_RAM);
  }
}
