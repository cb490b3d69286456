package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.boundary.KernelWatch;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.observe.Backtrace;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.observe.CoreReport;
import dev.roundhouse.emulator.observe.DeadEnd;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.emulator.observe.WarningPlace;
import dev.roundhouse.emulator.ports.CoreTimerPort;
import dev.roundhouse.emulator.ports.DevicePort;
import dev.roundhouse.emulator.ports.GuestRam;
import dev.roundhouse.emulator.ports.PerformancePort;
import dev.roundhouse.emulator.ports.PollStretch;
import dev.roundhouse.emulator.ports.PolledPort;
import dev.roundhouse.emulator.ports.Semihosting;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.tasks.BoundaryTasks;
import dev.roundhouse.emulator.tasks.TaskList;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.report.Violation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole kernel on the core, which handles its traps itself. */
final class KernelExecution implements Execution {
  private static final long RAM_START = 0;

  /** A place for what stands in for a boot loader: a {@code wfi} for ever, its stack below. */
  private static final long LOADER = 0x3AB0_0000L;

  private static final long LOADER_BYTES = 0x1_0000;
  private static final int WAIT = 0xd503_207f;
  private static final int BACK_TO_WAIT = 0x17ff_ffff;

  private final Arena arena;
  private final Guest.Kernel guest;
  private final Symbols symbols;
  private Optional<KernelWatch> watch = Optional.empty();
  private final WiredBoard wired;
  private final SystemCpu cpu;
  private final GuestTime time;
  private final CoreTraps traps;
  private final MappedBytes memory;
  private final PollStretch polls;
  private final DevicePort devices;
  private final GuestRam ram;
  private final Optional<BoundaryTasks> tasks;

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
    ram = new GuestRam(RAM_START, bytes);
    guest.image().place(ram);
    cpu = config.engine().newSystemCpu(new GuestWindow(RAM_START, bytes));
    memory = new MappedBytes(cpu, ram);
    wired.board().attach(ram);
    start();
    InstructionTime each = guest.instructionTime();
    time = wired.timeOf(cpu.budget(), () -> each.nanos(cpu.caching()));
    var warnings = config.listeners().warnings();
    CodeWarnings codeWarnings = new CodeWarnings(symbols, warnings);
    var beside =
        new CoreTraps.Beside(
            new Semihosting(ram, warnings), codeWarnings, () -> inspection().current());
    traps = new CoreTraps(cpu, time, wired, beside);
    polls = new PollStretch(time);
    devices = new DevicePort(wired.board().bus(), time, () -> {});
    attachDevices();
    wired.placeWarnings(() -> {
      var access = devices.present();
      return WarningPlace.of(access, cpu.state(), cpu.pc(access), symbols, memory);
    });
    tasks = watch(config.listeners().trace());
  }

  private void start() {
    long sp = guest.start().stackPointer();
    if (guest.start().by() == HandOver.By.FIRMWARE) {
      cpu.startAt(guest.image().entry(), sp, 0);
      return;
    }
    long loader = Math.min(LOADER, guest.ramBytes() - LOADER_BYTES);
    ram.putInt(loader, WAIT);
    ram.putInt(loader + Integer.BYTES, BACK_TO_WAIT);
    guest.start().prepare(wired.board());
    cpu.startAt(guest.image().entry(), sp == 0 ? loader : sp, loader);
  }

  private void attachDevices() {
    Board board = wired.board();
    MmioWindow window = devices.window();
    PolledPort port = new PolledPort(devices, polls, traps);
    cpu.attach(new MmioWindow(window.start(), window.bytes(), port));
    cpu.attach(
        new CoreTimerPort(board.genericTimer(), time, polls, traps),
        new PerformancePort(board.performanceMonitor(), cpu, time, traps));
  }

  /** Watching takes time: it is done for a trace, and where it can tell what tasks do. */
  private Optional<BoundaryTasks> watch(TraceSink trace) {
    CallAbi abi = guest.watched().orElse(CallAbi.UNKNOWN);
    if (guest.watched().isEmpty() || (abi == CallAbi.UNKNOWN && !trace.isOn())) {
      return Optional.empty();
    }
    BoundaryTasks seen = new BoundaryTasks(abi, symbols, memory);
    KernelWatch newWatch = new KernelWatch(abi, new SeenSteps(trace, seen), memory, time::present);
    watch = Optional.of(newWatch);
    cpu.watch(newWatch);
    return Optional.of(seen);
  }

  /** Tells the boundary's steps to who keeps the tasks, and to a trace. */
  private record SeenSteps(TraceSink trace, BoundaryTasks tasks) implements TraceSink {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void emit(long nanos, TraceEvent event) {
      if (event instanceof KernelStep step) {
        tasks.take(nanos, step);
      }
      if (trace.isOn()) {
        trace.emit(nanos, event);
      }
    }
  }

  @Override
  public void go() {
    cpu.debugging().haltAt(wired.halts().places());
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
    CoreState core = cpu.state();
    List<String> lines = new ArrayList<>(deadEnd(end, core).lines());
    if (end instanceof RunEnd.Lost) {
      CoreReport.of(core, symbols, memory).lines().forEach(lines::add);
    } else if (end.isCut()) {
      CoreReport.placeOf(core, symbols, memory).lines().forEach(lines::add);
    }
    if (!lines.isEmpty()) {
      lines.addFirst(end.text());
    }
    return lines;
  }

  private DeadEnd deadEnd(RunEnd end, CoreState core) {
    return new DeadEnd(
        end,
        core,
        new DeadEnd.Surroundings(wired.board(), ram, time.nanos()),
        new DeadEnd.Code(
            at -> ram.contains(cpu.physical(at), Integer.BYTES) ? ram.getInt(cpu.physical(at)) : 0,
            symbols),
        polls.polled());
  }

  @Override
  public String line(Violation violation) {
    return violation.text();
  }

  @Override
  public List<CodePlace> frames(RunEnd end) {
    return end instanceof RunEnd.Lost || end.isCut()
        ? Backtrace.places(cpu.state(), symbols, memory)
        : List.of();
  }

  @Override
  public Optional<String> source(TraceEvent event) {
    return watch
        .flatMap(KernelWatch::entering)
        .filter(_ ->
            event instanceof KernelStep.Called
                || event instanceof KernelStep.Interrupted
                || event instanceof KernelStep.Faulted)
        .map(user -> Backtrace.places(user, symbols, memory))
        .map(places -> CodePlace.own(places).text());
  }

  @Override
  public Optional<TaskReport> tasks(VirtualTime now) {
    return tasks
        .filter(_ -> !guest.watched().equals(Optional.of(CallAbi.UNKNOWN)))
        .map(seen -> seen.report(now, cpu.state().pc()));
  }

  @Override
  public TaskList taskList() {
    return tasks.<TaskList>map(seen -> seen).orElse(List::of);
  }

  @Override
  public String whatRuns() {
    CoreState core = cpu.state();
    return "EL%d at %s".formatted(core.level(), symbols.described(core.pc()));
  }

  @Override
  public List<String> hints() {
    return deadEnd(new RunEnd.Stopped(), cpu.state()).lines();
  }

  @Override
  public Optional<CoreState> core() {
    return Optional.of(cpu.state());
  }

  @Override
  public Inspection inspection() {
    var code = new KernelInspection.Code(guest.image(), symbols);
    var seen = new KernelInspection.Seen(tasks);
    return new KernelInspection(cpu, memory, wired.halts(), time, code, seen);
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
