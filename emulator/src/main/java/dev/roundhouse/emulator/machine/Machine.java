package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.fullsystem.Semihosting;
import dev.roundhouse.emulator.hostos.HostMemory;
import dev.roundhouse.emulator.observe.LastCalls;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.report.Violation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.SortedMap;

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

  private final Arena arena = Arena.ofShared();
  private final MachineConfig config;
  private final Surroundings surroundings;
  private final GuestRam ram;
  private final Cpu cpu;
  private final GuestTime time;
  private final Kernel kernel;
  private final RunLoop loop;
  private final Runnable hostCheck;
  private Progress progress = Progress.NOT_STARTED;

  /** Assembles a machine; nothing runs yet. */
  public Machine(MachineConfig config) {
    this(config, Outfit.NONE);
  }

  /** Assembles a machine with an outfit; nothing runs yet. */
  public Machine(MachineConfig config, Outfit outfit) {
    this.config = config;
    surroundings = new Surroundings(config.lines(), config.course(), config.listeners(), outfit);
    MemorySegment memory = new HostMemory().reserve(RAM_END - RAM_START, arena);
    hostCheck = outfit.mapInto(memory, RAM_START, arena);
    surroundings.lookout().checking(hostCheck);
    ram = new GuestRam(RAM_START, memory);
    cpu = config.engine().newCpu(new GuestWindow(RAM_START, memory));
    ram.watchedBy(cpu::forgetCode);
    time = surroundings.timeOf(cpu.budget());
    Bcm2711 board = surroundings.board();
    board.mailbox().attach(ram);
    kernel = new Kernel(kernelConfig(board));
    var events = new BoardEvents(board, config.guest().profile().interrupts());
    PollSkip polls = new PollSkip(cpu, ram, time, surroundings.lookout(), board);
    var signals =
        new RunLoop.BoardSignals(
            board.gic(), events, new Semihosting(ram, config.listeners().warnings()), polls);
    loop = new RunLoop(kernel, cpu, time, surroundings.lookout(), signals);
    MmioWindow devices = new DevicePort(board.bus(), time, () -> {}).window();
    cpu.attach(
        new MmioWindow(
            devices.start(), devices.bytes(), new PolledPort(devices.port(), polls, loop)));
  }

  private KernelConfig kernelConfig(Bcm2711 board) {
    var guest = config.guest();
    var heard = config.listeners();
    var work = new KernelWork(time, surroundings.lookout());
    return new KernelConfig(
        guest.profile(),
        new KernelConfig.Surroundings(ram, board.bus(), surroundings.clock(), work),
        guest.programs(),
        guest.entryArguments(),
        new KernelConfig.Reports(heard.trace(), this::violated, guest.strictness()));
  }

  /** Tells of a violation; polling that the end of the run cuts short is none. */
  private void violated(Violation violation) {
    if (surroundings.lookout().end() == null) {
      config.listeners().violations().violated(violation);
    }
  }

  /** How far a machine has come. */
  private enum Progress {
    NOT_STARTED,
    PAUSED,
    OVER
  }

  /**
   * Runs until something ends the run. A machine runs once.
   *
   * @throws java.io.UncheckedIOException when the output of a UART cannot be written
   * @throws SharedFileCutException when a shared file was made shorter
   */
  public RunResult run() {
    return runUntil(Pause.NEVER)
        .orElseThrow(() -> new IllegalStateException("the run stopped and nobody ended it"));
  }

  /**
   * Starts the run, or goes on with it, until a pause or its end. Pauses change nothing of it.
   *
   * @return how it went, when it is over; empty when it has paused
   * @throws IllegalStateException when it is over already
   * @throws java.io.UncheckedIOException when the output of a UART cannot be written
   * @throws SharedFileCutException when a shared file was made shorter
   */
  public Optional<RunResult> runUntil(Pause pause) {
    if (progress == Progress.OVER) {
      throw new IllegalStateException("the run is over");
    }
    if (progress == Progress.NOT_STARTED) {
      surroundings.start();
    }
    progress = Progress.OVER;
    surroundings.lookout().pauseAt(pause);
    RunEnd end = loop.go();
    hostCheck.run();
    if (end == null) {
      progress = Progress.PAUSED;
      surroundings.lines().flush();
      return Optional.empty();
    }
    RunResult result = new RunResult(end, now(), time.instructions(), loop.supervisorCalls());
    surroundings.lines().drain(time);
    return Optional.of(result);
  }

  /** Lets the machine ask at its next opportunity whether to pause. Only on its own thread. */
  public void lookSoon() {
    surroundings.lookout().lookSoon();
  }

  /** The simulated train sets by the UARTs that they are at. */
  public SortedMap<Integer, TrainSet> trainSets() {
    return surroundings.lines().trainSets();
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
    return surroundings.clock().now();
  }

  @Override
  public void close() {
    surroundings.stop();
    cpu.close();
    arena.close();
  }
}
