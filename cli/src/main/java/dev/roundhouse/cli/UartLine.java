package dev.roundhouse.cli;

import dev.roundhouse.emulator.host.LineTarget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --uart}: which line, and what is at its far end. */
record UartLine(int uart, LineTarget target) {
  private static final String NUMBERS = "02345";

  /** Reads the number of a UART that programs can use. */
  static final class NumberConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.length() != 1 || !NUMBERS.contains(text)) {
        throw new TypeConversionException("'" + text + "' is no UART: there are 0, 2, 3, 4 and 5");
      }
      return text.charAt(0) - '0';
    }
  }

  /** Reads {@code N=TARGET}. */
  static final class Converter implements ITypeConverter<UartLine> {
    @Override
    public UartLine convert(String text) {
      Assignment line = new Assignment.Converter().convert(text);
      try {
        int uart = new NumberConverter().convert(line.name());
        return new UartLine(uart, LineTarget.parse(line.value()));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
