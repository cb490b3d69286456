package dev.roundhouse.cli.converter;

import dev.roundhouse.emulator.setup.MemorySize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of RAM. */
public final class MemorySizeConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    return MemorySize.parse(text)
        .orElseThrow(() ->
            new TypeConversionException("'" + text + "' is no amount of RAM: " + MemorySize.FORM));
  }
}
