package dev.roundhouse.cli.converter;

import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a kernel that the model can play. */
public final class ProfileConverter implements ITypeConverter<AbiProfile> {
  @Override
  public AbiProfile convert(String text) {
    return AbiProfile.named(text).orElseThrow(() -> unknown(text));
  }

  private static TypeConversionException unknown(String text) {
    String known =
        AbiProfile.all().stream().map(AbiProfile::name).collect(Collectors.joining(" and "));
    return new TypeConversionException("there is no profile '" + text + "': there are " + known);
  }
}
