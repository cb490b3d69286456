package dev.roundhouse.cli;

import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.cli.file.FileKind;
import dev.roundhouse.cli.file.UserFile;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallAbiException;
import dev.roundhouse.kernel.abi.CallAbiReader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the ABI profile that {@code --abi} names. */
final class AbiConverter implements ITypeConverter<CallAbi> {
  @Override
  public CallAbi convert(String name) {
    if (CallAbiReader.SHIPPED.contains(name)) {
      return CallAbiReader.shipped(name);
    }
    try {
      String calledAs =
          "'%s' is no profile that is known (%s)"
              .formatted(name, String.join(", ", CallAbiReader.SHIPPED));
      return CallAbiReader.parse(name, UserFile.of(name, FileKind.ABI_PROFILE, calledAs).text());
    } catch (CallAbiException | UserError e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
