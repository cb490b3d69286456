package dev.roundhouse.cli.converter;

import dev.roundhouse.emulator.lines.LineTarget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what a CAN bus leads to. */
public final class CanTargetConverter implements ITypeConverter<LineTarget> {
  @Override
  public LineTarget convert(String text) {
    try {
      return LineTarget.parseCan(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
