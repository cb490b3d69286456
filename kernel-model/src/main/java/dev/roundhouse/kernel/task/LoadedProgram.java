package dev.roundhouse.kernel.task;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.loader.ElfImage;

/**
 * The program of a task.
 *
 * @param image the file
 * @param memory the page that the loader got for it
 * @param loadBias what was added to the file's addresses
 */
public record LoadedProgram(ElfImage image, AddressRange memory, long loadBias) {
  /** Whether some of these bytes are code. */
  public boolean isCode(long address, long bytes) {
    for (AddressRange range : image.code()) {
      long start = range.start() + loadBias;
      if (address < start + range.length() && start < address + bytes) {
        return true;
      }
    }
    return false;
  }
}
