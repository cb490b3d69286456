package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.hostos.HostMemory;
import dev.roundhouse.emulator.input.InputGate;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.observe.LastCalls;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.report.Violation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A Raspberry Pi 4B with 2 GiB that runs programs on the kernel model.
 *
 * <p>Owned by the thread that made it. Other threads reach it through what its serial lines offer
 * to its gate.
 */
public final class Machine implements AutoCloseable {
  /** Where RAM starts that tasks see: the 2 MiB below are the kernel's own. */
  private static final long RAM_START = 0x0020_0000;

  private static final long RAM_END = 0x8000_0000L;
  private static final long NANOS_PER_INSTRUCTION = 1;

  private final Arena arena = Arena.ofShared();
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final WallClock wall = WallClock.ofHost();
  private final MachineConfig config;
  private final InputGate gate;
  private final GuestRam ram;
  private final Cpu cpu;
  private final GuestTime time;
  private final SerialLines lines;
  private final Lookout lookout;
  private final Kernel kernel;
  private final RunLoop loop;

  /** Assembles a machine; nothing runs yet. */
  public Machine(MachineConfig config) {
    this.config = config;
    gate = gateOf(config);
    MemorySegment memory = new HostMemory().reserve(RAM_END - RAM_START, arena);
    ram = new GuestRam(RAM_START, memory);
    cpu = config.engine().newCpu(new GuestWindow(RAM_START, memory));
    ram.watchedBy(cpu::forgetCode);
    var heard = config.listeners();
    Bcm2711 board = Bcm2711.create(clock, agenda, heard.trace(), heard.warnings());
    time = new GuestTime(clock, agenda, cpu.budget(), NANOS_PER_INSTRUCTION);
    lines = new SerialLines(board, config.lines());
    lookout = new Lookout(gate, lines, pacer(), wall, config.course().limits());
    lines.attach(heard.input(), lookout);
    cpu.attach(new DevicePort(board, time, lookout, cpu.budget()).window());
    kernel = new Kernel(kernelConfig(board));
    var events = new BoardEvents(board, config.guest().profile().interrupts());
    loop = new RunLoop(kernel, cpu, time, lookout, new RunLoop.BoardSignals(board.gic(), events));
  }

  private KernelConfig kernelConfig(Bcm2711 board) {
    var guest = config.guest();
    var heard = config.listeners();
    return new KernelConfig(
        guest.profile(),
        new KernelConfig.Surroundings(ram, board.bus(), clock, new KernelWork(time, lookout)),
        guest.programs(),
        guest.entryArguments(),
        new KernelConfig.Reports(heard.trace(), this::violated, guest.strictness()));
  }

  /** Tells of a violation; polling that the end of the run cuts short is none. */
  private void violated(Violation violation) {
    if (lookout.end() == null) {
      config.listeners().violations().violated(violation);
    }
  }

  private static InputGate gateOf(MachineConfig config) {
    var log = config.listeners().input();
    return config
        .course()
        .replayed()
        .<InputGate>map(inputs -> new ReplayGate(inputs, log))
        .orElseGet(() -> new LiveGate(log));
  }

  private Pacer pacer() {
    boolean paced = config.course().pacing() == MachineConfig.Pacing.REAL_TIME;
    return paced && gate instanceof LiveGate live
        ? new Pacer.RealTime(wall, live)
        : new Pacer.Unpaced();
  }

  /**
   * Runs until something ends the run. A machine runs once.
   *
   * @throws java.io.UncheckedIOException when the output of a UART cannot be written
   */
  public RunResult run() {
    if (gate instanceof LiveGate live) {
      lines.start(live);
    }
    RunEnd end = loop.run();
    RunResult result = new RunResult(end, clock.now(), time.instructions(), loop.supervisorCalls());
    lines.drain(time);
    return result;
  }

  /** The kernel, to look at its tasks when the run is over. */
  public Kernel kernel() {
    return kernel;
  }

  /** The RAM that tasks see. */
  public PhysicalMemory memory() {
    return ram;
  }

  /** The latest system calls, for a report. */
  public LastCalls lastCalls() {
    return loop.lastCalls();
  }

  /** The present virtual time. */
  public VirtualTime now() {
    return clock.now();
  }

  @Override
  public void close() {
    cpu.close();
    arena.close();
  }
}
