package dev.roundhouse.emulator.setup;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A kernel that the user names. */
public final class KernelFile {
  private KernelFile() {}

  /**
   * Reads a kernel that a file names.
   *
   * @param name as that file has it
   * @param beside the same relative to that file; a bundled kernel of the name stands in for it
   * @throws UserError if it cannot be read or booted
   */
  public static KernelImage read(Path name, Path beside) throws UserError {
    Optional<BundledFile> ours = Files.exists(beside) ? Optional.empty() : BundledFile.called(name);
    try {
      return ours.isPresent()
          ? KernelImage.parse(name.toString(), ours.get().content())
          : KernelImage.parse(beside.toString(), UserFile.of(beside, FileKind.KERNEL).bytes());
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads it; where there is no such file, a bundled kernel of that name, of which the user is
   * told. A {@code kernel8.img} gets the names of the ELF file beside it that it was made of.
   *
   * @throws UserError if it cannot be read or booted
   */
  public static KernelImage read(Path file, Consumer<String> notices) throws UserError {
    return read(file, Optional.empty(), notices);
  }

  /**
   * The same with the ELF file of the names, as the user says; the user is told if that is of
   * another build.
   *
   * @throws UserError if one of them cannot be read or booted
   */
  public static KernelImage read(Path file, Optional<Path> elf, Consumer<String> notices)
      throws UserError {
    try {
      Optional<BundledFile> ours = BundledFile.inPlaceOf(file);
      if (ours.isPresent()) {
        notices.accept(ours.get().notice());
        return KernelImage.parse(String.valueOf(file), ours.get().content());
      }
      KernelImage image =
          KernelImage.parse(file.toString(), UserFile.of(file, FileKind.KERNEL).bytes());
      image.doubt().ifPresent(notices);
      if (elf.isPresent()) {
        return new ElfBeside(image, notices).named(elf.get(), withNames(elf.get()));
      }
      return image.symbols().size() > 0 ? image : new ElfBeside(image, notices).named(file);
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, String.valueOf(e.getMessage()), e);
    }
  }

  private static KernelImage withNames(Path elf) throws UserError, KernelImageException {
    KernelImage file = KernelImage.parse(elf.toString(), UserFile.of(elf, FileKind.KERNEL).bytes());
    if (file.symbols().size() == 0) {
      throw new KernelImageException(elf + ": has no symbols; give the ELF file as it was linked");
    }
    return file;
  }
}
