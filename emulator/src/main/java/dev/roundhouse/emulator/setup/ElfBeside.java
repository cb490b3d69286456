package dev.roundhouse.emulator.setup;

import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the ELF file that a {@code kernel8.img} was made of, for names and lines of the source: one
 * in the same folder that loads the same bytes.
 *
 * @param image that has no names itself
 * @param notices what the user must know
 */
record ElfBeside(KernelImage image, Consumer<String> notices) {
  private static final String ELF = ".elf";
  private static final int MOST_TRIED = 8;

  /** The image with the names of the file beside it, if there is one of the same build. */
  KernelImage named(Path file) {
    List<String> ofOtherBuilds = new ArrayList<>();
    for (Path elf : candidates(file)) {
      Optional<KernelImage> other = read(elf);
      Optional<KernelImage> named = other.flatMap(image::madeOf);
      if (named.isPresent()) {
        notices.accept("names and lines are those of " + elf + ", of which this is made");
        return named.get();
      }
      other
          .filter(kernel -> kernel.entry() == image.entry())
          .ifPresent(kernel -> ofOtherBuilds.add(kernel.name()));
    }
    if (!ofOtherBuilds.isEmpty()) {
      notices.accept(stale(ofOtherBuilds.getFirst()));
    }
    return image;
  }

  /** The image with the names of a file that the user says it was made of. */
  KernelImage named(Path elf, KernelImage names) {
    return image
        .madeOf(names)
        .orElseGet(() -> {
          notices.accept(stale(elf.toString()));
          return image;
        });
  }

  private String stale(String elf) {
    return elf
        + " is of another build than "
        + image.name()
        + ": no names and lines are taken from it";
  }

  private static Optional<KernelImage> read(Path elf) {
    try {
      KernelImage image =
          KernelImage.parse(elf.toString(), UserFile.of(elf, FileKind.KERNEL).bytes());
      return Optional.of(image).filter(read -> read.symbols().size() > 0);
    } catch (UserError | KernelImageException e) {
      return Optional.empty();
    }
  }

  /** Those of the image's own name first, then as builds call them, then others, by their names. */
  private static Set<Path> candidates(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    Set<Path> likely = new LinkedHashSet<>();
    for (String stem :
        List.of(name, dot > 0 ? name.substring(0, dot) : name, "kernel", "kernel8")) {
      likely.add(file.resolveSibling(stem + ELF));
    }
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(file.resolveSibling("."), "*" + ELF)) {
      beside.forEach(elf -> others.add(file.resolveSibling(String.valueOf(elf.getFileName()))));
    } catch (IOException | DirectoryIteratorException e) {
      return Set.of();
    }
    likely.retainAll(others);
    others.stream().sorted().limit(MOST_TRIED).forEach(likely::add);
    return likely;
  }
}
