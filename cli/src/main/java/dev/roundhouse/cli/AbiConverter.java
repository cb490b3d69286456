package dev.roundhouse.cli;

import dev.roundhouse.emulator.calls.CallAbi;
import dev.roundhouse.emulator.calls.CallAbiException;
import dev.roundhouse.emulator.calls.CallAbiReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the ABI profile that {@code --abi} names. */
final class AbiConverter implements ITypeConverter<CallAbi> {
  private static final long LARGEST_FILE = 1 << 20;

  @Override
  public CallAbi convert(String name) {
    if (CallAbiReader.SHIPPED.contains(name)) {
      return CallAbiReader.shipped(name);
    }
    try {
      Path file = Path.of(name);
      if (Files.size(file) > LARGEST_FILE) {
        throw new TypeConversionException(name + ": larger than 1 MiB");
      }
      return CallAbiReader.parse(name, Files.readString(file));
    } catch (CallAbiException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    } catch (IOException | InvalidPathException e) {
      throw new TypeConversionException(
          "'%s' is no profile that is known (%s) and no file that can be read"
              .formatted(name, String.join(", ", CallAbiReader.SHIPPED)));
    }
  }
}
