package dev.roundhouse.emulator.cpu;

import dev.roundhouse.emulator.platform.HostMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What executes guest code, and makes processors. */
public interface Engine {
  /**
   * Memory for the RAM of one machine, all zero. Until the next call, if the engine serves one
   * machine after the other; at most until the arena closes.
   *
   * @param bytes a multiple of the host's page size
   * @throws OutOfMemoryError when the host has no room for it
   */
  default MemorySegment newMemory(long bytes, Arena lifetime) {
    return new HostMemory().reserve(bytes, lifetime);
  }

  /** A processor with RAM, its registers zero. */
  Cpu newCpu(GuestWindow ram);

  /**
   * A core that can run a whole kernel.
   *
   * @param ram RAM from physical address 0 on
   * @throws FullSystemUnsupportedException when the library cannot do that
   */
  default SystemCpu newSystemCpu(GuestWindow ram) {
    throw new FullSystemUnsupportedException("this engine runs programs, but boots no kernel");
  }
}
