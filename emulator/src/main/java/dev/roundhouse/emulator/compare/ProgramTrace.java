package dev.roundhouse.emulator.compare;

import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.loader.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for programs in a kernel's image, by the code at their entry points. */
public final class ProgramTrace {
  private static final int CODE_BYTES = 512;

  private ProgramTrace() {}

  /** The names of programs whose code is not in the image, in order. */
  public static List<String> missing(ProgramCatalog programs, KernelImage image) {
    List<String> missing = new ArrayList<>();
    for (String name : programs.names()) {
      if (programs.find(name).orElse(null) instanceof ParseResult.Accepted(ElfImage elf, _)) {
        byte[] code = code(elf);
        if (code.length > 0 && !image.contains(code)) {
          missing.add(name);
        }
      }
    }
    return missing;
  }

  private static byte[] code(ElfImage elf) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      elf.copyFileTo(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Segment segment : elf.segments()) {
      long inside = elf.entry() - segment.address();
      if (inside >= 0 && inside < segment.fileBytes()) {
        int start = segment.offset() + (int) inside;
        int length = (int) Math.min(CODE_BYTES, segment.fileBytes() - inside);
        return Arrays.copyOfRange(file.toByteArray(), start, start + length);
      }
    }
    return new byte[0];
  }
}
