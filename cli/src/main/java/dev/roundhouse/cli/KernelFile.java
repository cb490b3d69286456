package dev.roundhouse.cli;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.cli.file.FileKind;
import dev.roundhouse.cli.file.UserFile;
import dev.roundhouse.cli.session.BundledFile;
import dev.roundhouse.emulator.fullsystem.KernelImage;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import java.nio.file.Path;
import java.util.Optional;

/** A kernel that the user names. */
final class KernelFile {
  private KernelFile() {}

  /** Reads it; where there is no such file, a bundled kernel of that name, which is said. */
  static KernelImage read(Path file, Messages messages) throws UserError {
    try {
      Optional<BundledFile> ours = BundledFile.inPlaceOf(file);
      if (ours.isPresent()) {
        messages.say(Messages.Tone.ASIDE, ours.get().notice());
        return KernelImage.parse(String.valueOf(file), ours.get().content());
      }
      return KernelImage.parse(file.toString(), UserFile.of(file, FileKind.KERNEL).bytes());
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
    }
  }
}
