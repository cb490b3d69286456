package dev.roundhouse.cli.converter;

import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserPath;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a path. */
public final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    try {
      return UserPath.of(text);
    } catch (UserError e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
