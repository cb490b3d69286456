package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.boundary.UserBytes;
import dev.roundhouse.emulator.cpu.SystemCpu;

/** Memory as the core translates addresses. */
record MappedBytes(SystemCpu cpu, PhysicalMemory ram) implements UserBytes {
  private static final int PAGE_BYTES = 4096;

  @Override
  public int read(long address, byte[] into) {
    int got = 0;
    while (got < into.length) {
      long at = address + got;
      int inPage = (int) (at & PAGE_BYTES - 1);
      int bytes = Math.min(into.length - got, PAGE_BYTES - inPage);
      long physical = cpu.physical(at);
      if (!ram.contains(physical, bytes)) {
        return got;
      }
      ram.read(physical, into, got, bytes);
      got += bytes;
    }
    return got;
  }
}
