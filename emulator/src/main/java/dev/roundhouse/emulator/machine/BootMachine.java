package dev.roundhouse.emulator.machine;

import dev.roundhouse.emulator.calls.CallAbi;
import dev.roundhouse.emulator.calls.KernelWatch;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import dev.roundhouse.emulator.fullsystem.Semihosting;
import dev.roundhouse.emulator.hostos.HostMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A Raspberry Pi 4B that boots a kernel. Owned by the thread that made it; other threads reach it
 * through what its serial lines offer to its gate.
 */
public final class BootMachine {
  private final BootConfig config;
  private final Surroundings around;
  private final Outfit outfit;

  /**
   * Assembles a machine; nothing runs yet.
   *
   * @throws KernelImageException when the kernel does not fit into its RAM
   */
  public BootMachine(BootConfig config) throws KernelImageException {
    this(config, Outfit.NONE);
  }

  /**
   * Assembles a machine with an outfit; nothing runs yet.
   *
   * @throws KernelImageException when the kernel does not fit into its RAM
   */
  public BootMachine(BootConfig config, Outfit outfit) throws KernelImageException {
    this.config = config;
    this.outfit = outfit;
    config.guest().image().requireRoom(config.guest().ramBytes());
    around = new Surroundings(config.lines(), config.course(), config.listeners(), outfit);
  }

  /**
   * Boots the kernel and runs it until something ends the run; a reboot starts it again, with fresh
   * RAM and devices, while time goes on. A machine runs once.
   *
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot do it
   * @throws java.io.UncheckedIOException when the output of a UART cannot be written
   * @throws SharedFileCutException when a shared file was made shorter
   */
  public BootResult run() {
    around.start();
    try {
      return runToTheEnd();
    } finally {
      around.stop();
    }
  }

  private BootResult runToTheEnd() {
    Reboots reboots = new Reboots(config.listeners().warnings());
    BootResult result = boot();
    while (bootsAgainAfter(result.end())) {
      reboots.rebooted(result.at(), around.lines().transmitting());
      around.reset();
      result = boot();
    }
    reboots.over();
    return result;
  }

  private boolean bootsAgainAfter(BootEnd end) {
    return end instanceof BootEnd.Rebooted
        && config.guest().onReboot() == BootConfig.OnReboot.BOOT_AGAIN;
  }

  private BootResult boot() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = new HostMemory().reserve(config.guest().ramBytes(), arena);
      Runnable hostCheck = outfit.mapInto(memory, 0, arena);
      around.lookout().checking(hostCheck);
      GuestRam ram = new GuestRam(0, memory);
      try (SystemCpu cpu = config.engine().newSystemCpu(new GuestWindow(0, memory))) {
        config.guest().image().place(ram);
        around.board().mailbox().attach(ram);
        cpu.startAt(config.guest().image().entry(), 0);
        BootResult result = run(cpu, ram);
        around.leaveProcessor();
        hostCheck.run();
        return result;
      }
    }
  }

  private BootResult run(SystemCpu cpu, GuestRam ram) {
    InstructionTime each = config.guest().instructionTime();
    GuestTime time = around.timeOf(cpu.budget(), () -> each.nanos(cpu.caching()));
    var warnings = config.listeners().warnings();
    Semihosting semihosting = new Semihosting(ram, warnings);
    CodeComplaints complaints = new CodeComplaints(config.guest().image().symbols(), warnings);
    BootLoop loop = new BootLoop(cpu, time, around, semihosting, complaints);
    var board = around.board();
    PollWatch polls = new PollWatch(time);
    MmioWindow devices = new DevicePort(board.bus(), time, () -> {}).window();
    PolledPort port = new PolledPort(devices.port(), polls, loop);
    cpu.attach(new MmioWindow(devices.start(), devices.bytes(), port));
    cpu.attach(
        new CoreTimerPort(board.genericTimer(), time, polls, loop),
        new PerformancePort(board.performanceMonitor(), cpu, time, loop));
    watch(cpu, time, ram);
    BootEnd end = loop.run();
    var at = around.clock().now();
    BootResult result = new BootResult(end, at, time.instructions(), cpu.state());
    if (!bootsAgainAfter(end)) {
      around.lines().drain(time);
    }
    return result;
  }

  private void watch(SystemCpu cpu, GuestTime time, GuestRam ram) {
    var trace = config.listeners().trace();
    Optional<CallAbi> abi = config.guest().watched();
    if (abi.isPresent() && trace.isOn()) {
      cpu.watch(new KernelWatch(abi.get(), trace, new MappedBytes(cpu, ram), time::present));
    }
  }
}
