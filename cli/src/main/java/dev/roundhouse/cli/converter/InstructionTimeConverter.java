package dev.roundhouse.cli.converter;

import dev.roundhouse.emulator.run.InstructionTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many nanoseconds an instruction takes that is not cached. */
public final class InstructionTimeConverter implements ITypeConverter<InstructionTime> {
  private static final int MOST_DIGITS = 4;

  @Override
  public InstructionTime convert(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    long nanos = isNumber ? Long.parseLong(text) : 0;
    if (nanos < 1 || nanos > InstructionTime.MOST_NANOS) {
      throw new TypeConversionException(
          "'" + text + "' is no time of an instruction: give 1 to " + InstructionTime.MOST_NANOS);
    }
    return new InstructionTime(nanos);
  }
}
