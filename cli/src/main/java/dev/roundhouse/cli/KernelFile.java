package dev.roundhouse.cli;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.cli.session.BundledFile;
import dev.roundhouse.emulator.fullsystem.KernelImage;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A kernel that the user names. */
final class KernelFile {
  /**
   * Twice what the largest known kernel has, and with room to spare in the heap of ./roundhouse.
   */
  private static final long LARGEST_FILE = 128L << 20;

  private KernelFile() {}

  /** Reads it; where there is no such file, a bundled kernel of that name, which is said. */
  static KernelImage read(Path file, Messages messages) throws UserError {
    try {
      Optional<BundledFile> ours = BundledFile.inPlaceOf(file);
      if (ours.isPresent()) {
        messages.say(Messages.Tone.ASIDE, ours.get().notice());
        return KernelImage.parse(String.valueOf(file), ours.get().content());
      }
      if (Files.isDirectory(file)) {
        throw new UserError(ExitCode.PROGRAM, file + " is a folder: give kernel8.img itself");
      }
      if (Files.size(file) > LARGEST_FILE) {
        throw new UserError(ExitCode.PROGRAM, file + " is larger than any kernel: over 128 MiB");
      }
      return KernelImage.parse(String.valueOf(file), Files.readAllBytes(file));
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.PROGRAM, file + " cannot be read: is it there, and readable?", e);
    }
  }
}
