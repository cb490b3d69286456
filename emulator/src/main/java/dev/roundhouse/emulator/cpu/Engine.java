package dev.roundhouse.emulator.cpu;

/** What executes guest code, and makes processors. */
public interface Engine {
  /** A processor with RAM, its registers zero. */
  Cpu newCpu(GuestWindow ram);
}
