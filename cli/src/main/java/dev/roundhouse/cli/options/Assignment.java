package dev.roundhouse.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's value of the form {@code NAME=VALUE}. */
public record Assignment(String name, String value) {
  /** Reads one. */
  public static final class Converter implements ITypeConverter<Assignment> {
    @Override
    public Assignment convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException("'" + text + "' is not of the form NAME=VALUE");
      }
      return new Assignment(text.substring(0, equals), text.substring(equals + 1));
    }
  }
}
