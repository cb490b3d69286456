package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A processor with 2 MiB of RAM that runs a few instructions to the first trap. */
final class ScratchCpu implements AutoCloseable, UserTraps {
  static final long CODE = 0x0020_0000;
  static final long DATA = 0x0030_0000;
  private static final long RAM_BYTES = 0x0020_0000;
  private static final long BUDGET = 1L << 40;

  final long[] registers = new long[SavedRegisters.COUNT];
  private final Arena arena = Arena.ofShared();
  private final MemorySegment ram = new HostMemory().reserve(RAM_BYTES, arena);
  private final Cpu cpu;
  private Optional<Fault> fault = Optional.empty();

  ScratchCpu(Engine engine) {
    cpu = engine.newCpu(new GuestWindow(CODE, ram));
  }

  void load(int[] code) {
    MemorySegment.copy(MemorySegment.ofArray(code), 0, ram, 0, (long) Integer.BYTES * code.length);
    cpu.forgetCode(CODE, CODE + (long) Integer.BYTES * code.length);
  }

  /** Runs from {@link #CODE} to the first trap; the registers are read back. */
  Optional<Fault> run() {
    fault = Optional.empty();
    registers[SavedRegisters.PC] = CODE;
    cpu.resumeAll(registers);
    cpu.budget().grant(BUDGET);
    cpu.run(this);
    return fault;
  }

  /** Instructions counted since the last time this was asked. */
  long counted() {
    return cpu.budget().takeCounted();
  }

  private AfterTrap leave() {
    cpu.readAll(registers);
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap supervisorCall(int immediate) {
    return leave();
  }

  @Override
  public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
    return leave();
  }

  @Override
  public AfterTrap fault(Fault seen) {
    fault = Optional.of(seen);
    return leave();
  }

  @Override
  public AfterTrap waitForInterrupt() {
    return leave();
  }

  @Override
  public AfterTrap semihosting() {
    return leave();
  }

  @Override
  public void close() {
    cpu.close();
    arena.close();
  }
}
