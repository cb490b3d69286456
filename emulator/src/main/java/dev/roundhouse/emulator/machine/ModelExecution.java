package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.observe.Backtrace;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.observe.FaultReport;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.emulator.observe.ViolationLine;
import dev.roundhouse.emulator.observe.WarningPlace;
import dev.roundhouse.emulator.ports.DevicePort;
import dev.roundhouse.emulator.ports.GuestRam;
import dev.roundhouse.emulator.ports.PollSkip;
import dev.roundhouse.emulator.ports.PolledPort;
import dev.roundhouse.emulator.ports.Semihosting;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.KernelWork;
import dev.roundhouse.emulator.run.RunControl;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.tasks.ModelTaskReport;
import dev.roundhouse.emulator.tasks.ModelTasks;
import dev.roundhouse.emulator.tasks.TaskList;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.board.DrivenDevices;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Programs on the kernel model, which handles their traps. */
final class ModelExecution implements Execution {
  /** Where RAM starts that tasks see: the 2 MiB below are the kernel's own. */
  private static final long RAM_START = 0x0020_0000L;

  private static final long RAM_END = 0x8000_0000L;
  private static final long NANOS_PER_INSTRUCTION = 1;

  private final Arena arena;
  private final MachineConfig config;
  private final WiredBoard wired;
  private final GuestRam ram;
  private final Cpu cpu;
  private final GuestTime time;
  private final Kernel kernel;
  private final Symbols symbols;
  private final BoardSources sources;
  private final ModelTraps traps;
  private final Halts halts;

  /**
   * What traps are taken by, of the board and of a debugger, who follows its polls, what is
   * guarded.
   */
  record Signals(
      Board board,
      EventSources sources,
      Semihosting semihosting,
      PollSkip polls,
      GiveUps giveUps,
      PhysicalMemory memory,
      Set<Guard> guards,
      Halts halts) {}

  /**
   * Starts the kernel model; nothing is executed yet.
   *
   * @param arena closed with this, or by whoever opened it when this cannot be made
   */
  ModelExecution(MachineConfig config, Guest.Programs guest, WiredBoard wired, Arena arena) {
    this.arena = arena;
    this.config = config;
    this.wired = wired;
    MemorySegment memory = config.engine().newMemory(RAM_END - RAM_START, arena);
    RunControl control = wired.control();
    halts = wired.halts();
    control.checking(config.extras().mapInto(memory, RAM_START, arena));
    ram = new GuestRam(RAM_START, memory);
    cpu = config.engine().newCpu(new GuestWindow(RAM_START, memory));
    ram.watchedBy(cpu::forgetCode);
    time = wired.timeOf(cpu.budget(), () -> NANOS_PER_INSTRUCTION);
    Board board = wired.board();
    board.attach(ram);
    kernel = new Kernel(kernelConfig(guest, board));
    symbols = Symbols.ofTasks(kernel);
    sources = new BoardSources(board);
    PollSkip polls = new PollSkip(cpu, ram, time, control, board);
    var signals =
        new Signals(
            board,
            sources,
            new Semihosting(ram, config.listeners().warnings()),
            polls,
            new GiveUps(cpu, ram),
            ram,
            guest.guards(),
            halts);
    traps = new ModelTraps(kernel, cpu, time, control, signals);
    DevicePort devices = new DevicePort(board.bus(), time, () -> {});
    MmioWindow window = devices.window();
    cpu.attach(
        new MmioWindow(window.start(), window.bytes(), new PolledPort(devices, polls, traps)));
    wired.placeWarnings(() -> placeOf(devices.present()));
  }

  /** Where the task is that runs; registers are those of the one before when it has not begun. */
  private String placeOf(Optional<DeviceAccess> access) {
    long[] registers = new long[SavedRegisters.COUNT];
    cpu.readDuringAccess(registers);
    registers[SavedRegisters.PC] = cpu.pc(access);
    return WarningPlace.of(access, kernel.current(), registers, symbols, ram);
  }

  private KernelConfig kernelConfig(Guest.Programs guest, Board board) {
    return new KernelConfig(
        guest.profile(),
        new KernelConfig.Hardware(
            ram,
            new DrivenDevices(board.bus(), board.layout().addresses(), board.layout().rates()),
            wired.clock(),
            new KernelWork(time, wired.control())),
        guest.programs(),
        guest.entryArguments(),
        new KernelConfig.Reports(config.listeners().trace(), this::violated, guest.strictness()));
  }

  /** Tells of a violation; polling that the end of the run cuts short is none. */
  private void violated(Violation violation) {
    if (!wired.control().hasEnded()) {
      config.listeners().violations().violated(violation);
    }
  }

  @Override
  public void go() {
    cpu.haltAt(halts.places());
    traps.go();
  }

  /** The kernel model plays the end of its machine itself. */
  @Override
  public boolean wantsReset() {
    return false;
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
    return traps.supervisorCalls();
  }

  @Override
  public List<String> report(RunEnd end) {
    return switch (end) {
      case RunEnd.ByModel(var why) -> FaultReport.of(scene(), why);
      case RunEnd cut when cut.isCut() -> FaultReport.ofCut(scene(), cut.text());
      default -> List.of();
    };
  }

  @Override
  public String line(Violation violation) {
    return ViolationLine.of(violation, scene());
  }

  @Override
  public List<CodePlace> frames(RunEnd end) {
    return end instanceof RunEnd.ByModel(var why) ? FaultReport.frames(scene(), why) : List.of();
  }

  @Override
  public Optional<String> source(TraceEvent event) {
    return switch (event) {
      case KernelEvent.Called(Tid tid, var _) -> place(tid);
      case KernelEvent.Interrupted(Tid tid) -> place(tid);
      default -> Optional.empty();
    };
  }

  private Optional<String> place(Tid tid) {
    return kernel
        .task(tid)
        .filter(task -> task.program().isPresent())
        .map(task -> CodePlace.own(Backtrace.places(task, symbols, ram)).text());
  }

  private FaultReport.Source scene() {
    return new FaultReport.Source(kernel, symbols, ram, () -> cpu.pc(Optional.empty()));
  }

  @Override
  public Optional<TaskReport> tasks(VirtualTime now) {
    var tasks = new ModelTaskReport(kernel, sources, symbols, ram, traps::stackUsed);
    return Optional.of(tasks.at(now));
  }

  @Override
  public TaskList taskList() {
    return new ModelTasks(kernel);
  }

  @Override
  public String whatRuns() {
    return kernel.current().toString();
  }

  @Override
  public List<String> hints() {
    return List.of();
  }

  @Override
  public Optional<CoreState> core() {
    return Optional.empty();
  }

  Kernel kernel() {
    return kernel;
  }

  PhysicalMemory memory() {
    return ram;
  }

  @Override
  public Inspection inspection() {
    return new ModelInspection(kernel, ram, halts, time, traps::saveLive);
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
