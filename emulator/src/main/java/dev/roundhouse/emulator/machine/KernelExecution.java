package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.boundary.KernelWatch;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.observe.CoreReport;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.emulator.ports.CoreTimerPort;
import dev.roundhouse.emulator.ports.DevicePort;
import dev.roundhouse.emulator.ports.GuestRam;
import dev.roundhouse.emulator.ports.PerformancePort;
import dev.roundhouse.emulator.ports.PollStretch;
import dev.roundhouse.emulator.ports.PolledPort;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.abi.CallAbi;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** A whole kernel on the core, which handles its traps itself. */
final class KernelExecution implements Execution {
  private static final long RAM_START = 0;

  private final Arena arena;
  private final Guest.Kernel guest;
  private final Symbols symbols;
  private final WiredBoard wired;
  private final SystemCpu cpu;
  private final GuestTime time;
  private final CoreTraps traps;
  private final MappedBytes memory;

  /**
   * Boots it; nothing is executed yet.
   *
   * @param arena closed with this, or by whoever opened it when this cannot be made
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot do it
   */
  KernelExecution(MachineConfig config, Guest.Kernel guest, WiredBoard wired, Arena arena) {
    this.arena = arena;
    this.guest = guest;
    symbols = Symbols.of(guest.image());
    this.wired = wired;
    MemorySegment bytes = config.engine().newMemory(guest.ramBytes(), arena);
    wired.control().checking(config.extras().mapInto(bytes, RAM_START, arena));
    GuestRam ram = new GuestRam(RAM_START, bytes);
    guest.image().place(ram);
    cpu = config.engine().newSystemCpu(new GuestWindow(RAM_START, bytes));
    memory = new MappedBytes(cpu, ram);
    wired.board().attach(ram);
    cpu.startAt(guest.image().entry(), 0);
    InstructionTime each = guest.instructionTime();
    time = wired.timeOf(cpu.budget(), () -> each.nanos(cpu.caching()));
    var warnings = config.listeners().warnings();
    CodeWarnings codeWarnings = new CodeWarnings(symbols, warnings);
    traps = new CoreTraps(cpu, time, wired, new Semihosting(ram, warnings), codeWarnings);
    attachDevices();
    watch(config);
  }

  private void attachDevices() {
    Board board = wired.board();
    PollStretch polls = new PollStretch(time);
    MmioWindow devices = new DevicePort(board.bus(), time, () -> {}).window();
    PolledPort port = new PolledPort(devices.port(), polls, traps);
    cpu.attach(new MmioWindow(devices.start(), devices.bytes(), port));
    cpu.attach(
        new CoreTimerPort(board.genericTimer(), time, polls, traps),
        new PerformancePort(board.performanceMonitor(), cpu, time, traps));
  }

  private void watch(MachineConfig config) {
    var trace = config.listeners().trace();
    Optional<CallAbi> abi = guest.watched();
    if (abi.isPresent() && trace.isOn()) {
      cpu.watch(new KernelWatch(abi.get(), trace, memory, time::present));
    }
  }

  @Override
  public void go() {
    traps.go();
  }

  @Override
  public boolean wantsReset() {
    return traps.wantsReset();
  }

  @Override
  public InstructionBudget budget() {
    return cpu.budget();
  }

  @Override
  public GuestTime time() {
    return time;
  }

  @Override
  public long kernelEntries() {
    return cpu.state().exceptionsTaken();
  }

  @Override
  public List<String> report(RunEnd end) {
    if (end instanceof RunEnd.Lost) {
      return CoreReport.of(cpu.state(), symbols, memory).lines().toList();
    }
    return end.isCut()
        ? CoreReport.placeOf(cpu.state(), symbols, memory).lines().toList()
        : List.of();
  }

  @Override
  public Symbols symbols() {
    return symbols;
  }

  @Override
  public Optional<TaskReport> tasks(VirtualTime now) {
    return Optional.empty();
  }

  @Override
  public Optional<CoreState> core() {
    return Optional.of(cpu.state());
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      wired.leaveProcessor();
      cpu.close();
      arena.close();
    }
  }
}
