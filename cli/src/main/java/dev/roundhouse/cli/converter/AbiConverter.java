package dev.roundhouse.cli.converter;

import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.setup.AbiFile;
import dev.roundhouse.kernel.abi.CallAbi;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the ABI profile that {@code --abi} names. */
public final class AbiConverter implements ITypeConverter<CallAbi> {
  @Override
  public CallAbi convert(String name) {
    try {
      return AbiFile.read(Optional.of(name));
    } catch (UserError e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
