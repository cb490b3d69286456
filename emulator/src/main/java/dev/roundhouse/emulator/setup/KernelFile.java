package dev.roundhouse.emulator.setup;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.fullsystem.KernelImage;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A kernel that the user names. */
public final class KernelFile {
  private KernelFile() {}

  /**
   * Reads it; where there is no such file, a bundled kernel of that name, of which the user is
   * told.
   *
   * @throws UserError if it cannot be read or booted
   */
  public static KernelImage read(Path file, Consumer<String> notices) throws UserError {
    try {
      Optional<BundledFile> ours = BundledFile.inPlaceOf(file);
      if (ours.isPresent()) {
        notices.accept(ours.get().notice());
        return KernelImage.parse(String.valueOf(file), ours.get().content());
      }
      return KernelImage.parse(file.toString(), UserFile.of(file, FileKind.KERNEL).bytes());
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
    }
  }
}
