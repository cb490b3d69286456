package dev.roundhouse.emulator.setup;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallAbiException;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.util.Optional;

/** ABI profiles that users name. */
public final class AbiFile {
  private AbiFile() {}

  /**
   * The profile of a name: one that ships, or a file; without a name that of an unknown kernel.
   *
   * @throws UserError if it cannot be read or is none
   */
  public static CallAbi read(Optional<String> named) throws UserError {
    if (named.isEmpty()) {
      return CallAbi.UNKNOWN;
    }
    String name = named.get();
    if (CallAbiReader.SHIPPED.contains(name)) {
      return CallAbiReader.shipped(name);
    }
    String calledAs =
        "'%s' is no profile that is known (%s)"
            .formatted(name, String.join(", ", CallAbiReader.SHIPPED));
    try {
      return CallAbiReader.parse(name, UserFile.of(name, FileKind.ABI_PROFILE, calledAs).text());
    } catch (CallAbiException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
