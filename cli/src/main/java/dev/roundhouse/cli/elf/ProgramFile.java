package dev.roundhouse.cli.elf;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.setup.BundledFile;
import dev.roundhouse.emulator.setup.ProgramShelf;
import java.nio.file.Path;
import java.util.Optional;

/** A program that the user names, to look at. */
public final class ProgramFile {
  private ProgramFile() {}

  /** Reads it; where there is no such file, a bundled program of that name, which is said. */
  public static byte[] read(Path file, Messages messages) throws UserError {
    Optional<BundledFile> ours = BundledFile.inPlaceOf(file);
    if (ours.isEmpty()) {
      return ProgramShelf.read(file);
    }
    messages.say(Messages.Tone.ASIDE, ours.get().notice());
    return ours.get().content();
  }
}
