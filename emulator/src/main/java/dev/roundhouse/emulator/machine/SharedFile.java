package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.hostos.HostMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file of the host that is a part of RAM: what either side stores, the other one loads. Whoever
 * makes the file shorter while the machine runs ends the process, for its pages are gone.
 *
 * @param file a regular file of exactly that many bytes
 * @param range where it lies, in whole pages of the host
 */
public record SharedFile(Path file, AddressRange range) {
  /** What addresses and lengths are multiples of: pages. */
  public static final long PAGE_BYTES = 4096;

  /** Maps it into RAM that begins at an address. */
  void mapInto(MemorySegment ram, long ramStart) {
    try {
      long offset = range.start() - ramStart;
      new HostMemory().share(file, ram.asSlice(offset, range.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
