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

  /** Hears of a piece of RAM that was written, by its physical address. */
  interface Written {
    void written(long physical, int bytes);
  }

  /** Writes bytes, all or none; whether RAM is mapped at all of them. */
  boolean write(long address, byte[] bytes, Written heard) {
    if (read(address, new byte[bytes.length]) < bytes.length) {
      return false;
    }
    for (int done = 0; done < bytes.length; ) {
      int inPage = (int) ((address + done) & (PAGE_BYTES - 1));
      int part = Math.min(bytes.length - done, PAGE_BYTES - inPage);
      long physical = cpu.physical(address + done);
      ram.write(physical, bytes, done, part);
      heard.written(physical, part);
      done += part;
    }
    return true;
  }
}
