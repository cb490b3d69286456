package dev.roundhouse.emulator.guard;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Fault.Access;
import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What loads and stores of the task that runs tell, between kernel entries: how far its stack
 * reaches, and writes that are guarded.
 */
public final class MemoryAccesses {
  private final Kernel kernel;
  private final Cpu cpu;
  private final GuestTime time;
  private final Set<Guard> guards;
  private final StackPages stacks;

  /** What stores of the present block are to be told. */
  private final List<Supplier<Optional<EndOfRun>>> seen = new ArrayList<>();

  /** Those of a kernel's tasks; before anything runs. */
  public MemoryAccesses(Kernel kernel, Cpu cpu, GuestTime time, Set<Guard> guards) {
    this.kernel = kernel;
    this.cpu = cpu;
    this.time = time;
    this.guards = guards;
    stacks = new StackPages(kernel, cpu, guards);
    if (guards.contains(Guard.WRITES)) {
      cpu.watchStores();
    }
  }

  /** A task is about to run. */
  public void enter(Task task) {
    stacks.enter(task);
  }

  /** How many bytes of a task's stack were ever in use, as far as it is known. */
  public long stackUsed(Task task, PhysicalMemory memory) {
    return stacks.used(task, memory);
  }

  /** One to memory that was closed, which opens it; how the run ends by it. */
  public Optional<EndOfRun> closed(long address, Access direction) {
    if (stacks.openOwn(address)) {
      return Optional.empty();
    }
    SavedRegisters registers = kernel.current().registers();
    cpu.readAll(registers.array());
    boolean isOverflow = stacks.isOverflow(address, registers.sp());
    boolean isForeign = stacks.openOther(address, direction);
    if (isOverflow) {
      time.catchUp();
      return kernel.stackOverflow(registers.pc(), address);
    }
    return isForeign ? wrote(registers.pc(), address, 1) : Optional.empty();
  }

  /** A store to a page that code runs from, and no data is in; how the run ends by it. */
  public Optional<EndOfRun> toCode(long address, int bytes) {
    if (!guards.contains(Guard.CODE) || stacks.isShared(address)) {
      return Optional.empty();
    }
    SavedRegisters registers = kernel.current().registers();
    cpu.readAll(registers.array());
    return wrote(registers.pc(), address, bytes);
  }

  private Optional<EndOfRun> wrote(long pc, long address, int bytes) {
    time.catchUp();
    return kernel.wrote(pc, address, bytes);
  }

  /**
   * Any store, if all are watched. It is told of when its block is over: the engine may show it
   * before it fails, too.
   */
  public void any(long address, int bytes) {
    boolean isToCode = stacks.isFirstToSharedCode(address, bytes);
    if (isToCode || isBelowOwnStack(address)) {
      long pc = cpu.pc(Optional.of(new DeviceAccess(address, Access.WRITE)));
      seen.add(
          isToCode
              ? () -> kernel.wrote(pc, address, bytes)
              : () -> kernel.stackOverflow(pc, address));
      cpu.budget().cutShort();
    }
  }

  private boolean isBelowOwnStack(long address) {
    Task task = kernel.current();
    return guards.contains(Guard.STACKS)
        && address < task.stack().start()
        && !task.hasOverflowed()
        && seen.isEmpty()
        && stacks.isOverflow(address, stackPointer());
  }

  /** Tells of what was seen of stores, the clock being at the processor; how the run ends by it. */
  public Optional<EndOfRun> tell() {
    Optional<EndOfRun> end = Optional.empty();
    for (Supplier<Optional<EndOfRun>> each : seen) {
      end = each.get();
    }
    seen.clear();
    return end;
  }

  private long stackPointer() {
    long[] registers = new long[SavedRegisters.COUNT];
    cpu.readDuringAccess(registers);
    return registers[SavedRegisters.SP];
  }
}
