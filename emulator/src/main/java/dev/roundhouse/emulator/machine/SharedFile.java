package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.SharedPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file of the host that is a part of RAM: what either side stores, the other one loads. When
 * somebody makes the file shorter while the machine runs, its pages are gone, which ends the run.
 *
 * @param file a regular file of exactly that many bytes
 * @param range where it lies, in whole pages of the host
 */
public record SharedFile(Path file, AddressRange range) {
  /** What addresses and lengths are multiples of: pages. */
  public static final long PAGE_BYTES = 4096;

  /**
   * Maps it into RAM that begins at an address.
   *
   * @param lifetime of the RAM
   * @return a check that throws {@link SharedFileCutException} when pages are gone
   */
  Runnable mapInto(MemorySegment ram, long ramStart, Arena lifetime) {
    try {
      long offset = range.start() - ramStart;
      SharedPages pages =
          new HostMemory().share(file, ram.asSlice(offset, range.length()), lifetime);
      return () -> {
        if (pages.isCutShort()) {
          throw new SharedFileCutException(file);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
