package dev.roundhouse.emulator.cpu;

/** What executes guest code, and makes processors. */
public interface Engine {
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
