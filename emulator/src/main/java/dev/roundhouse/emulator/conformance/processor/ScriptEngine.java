package dev.roundhouse.emulator.conformance.processor;

import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.cpu.GuestWindow;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes processors that execute what scripts are compiled to ({@link Instruction}), and nothing
 * else. They count blocks of code as an engine library does: a block ends behind a branch, a
 * supervisor call, or at the end of a 4 KiB page.
 *
 * @param memory for the RAM of its machine
 * @param kernelWrites told of what the kernel model writes to that
 */
public record ScriptEngine(ScriptMemory memory, KernelWrites kernelWrites) implements Engine {
  /** Hears what the kernel model writes. */
  public interface KernelWrites {
    /** Bytes {@code start} to {@code end} (exclusive) have been written. */
    void written(long start, long end);
  }

  @Override
  public MemorySegment newMemory(long bytes, Arena lifetime) {
    return memory.clean(bytes);
  }

  @Override
  public Cpu newCpu(GuestWindow ram) {
    return new ScriptCpu(ram, memory, kernelWrites);
  }
}
