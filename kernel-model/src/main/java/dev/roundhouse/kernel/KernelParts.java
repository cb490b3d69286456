package dev.roundhouse.kernel;

import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Limits;
import dev.roundhouse.kernel.board.GicDriver;
import dev.roundhouse.kernel.board.GpioDriver;
import dev.roundhouse.kernel.board.UartDriver;
import dev.roundhouse.kernel.memory.DescriptorSlab;
import dev.roundhouse.kernel.memory.PageAllocator;
import dev.roundhouse.kernel.memory.UserMemory;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.syscall.EncoderCalls;
import dev.roundhouse.kernel.syscall.EventCalls;
import dev.roundhouse.kernel.syscall.IdleTime;
import dev.roundhouse.kernel.syscall.IpcCalls;
import dev.roundhouse.kernel.syscall.KernelConsole;
import dev.roundhouse.kernel.syscall.MemoryCalls;
import dev.roundhouse.kernel.syscall.Pointers;
import dev.roundhouse.kernel.syscall.QuadratureEncoders;
import dev.roundhouse.kernel.syscall.RegisterFrames;
import dev.roundhouse.kernel.syscall.SystemCalls;
import dev.roundhouse.kernel.syscall.TaskCalls;
import dev.roundhouse.kernel.syscall.TaskSpawner;
import dev.roundhouse.kernel.task.ReadyQueue;
import dev.roundhouse.kernel.task.TaskTable;

/** Puts a kernel together: who knows whom. */
final class KernelParts {
  private final AbiProfile profile;
  private final TaskTable tasks = new TaskTable();
  private final PageAllocator pages;
  private final Violations violations;
  private final Scheduler scheduler;
  private final TaskSpawner spawner;
  private final LoaderActivations loader;
  private final InterruptHandler interrupts;
  private final IdleTime idleTime;
  private final SyscallHandlers handlers;
  private final Boot boot;
  private final RegisterFrames frames;
  private final GicDriver gic;
  private final GpioDriver gpio;
  private final UartDriver consoleUart;

  KernelParts(KernelConfig config) {
    KernelConfig.Surroundings machine = config.machine();
    KernelConfig.Reports reports = config.reports();
    Bus bus = machine.bus();
    this.profile = config.profile();
    Limits limits = profile.limits();
    this.violations = new Violations(machine.clock(), reports.violations(), reports.strictness());
    this.pages = new PageAllocator(profile.memory());
    pages.allocate(0); // The slab manager's page (kernel/src/bootstrap.c, k_bootstrap_slab).
    DescriptorSlab descriptors = new DescriptorSlab(pages, limits.descriptorsPerPage());
    this.spawner = new TaskSpawner(tasks, pages, descriptors, profile.memory());
    this.scheduler =
        new Scheduler(
            new ReadyQueue(limits.readyTasks()), violations, reports.trace(), machine.clock());
    this.gic = new GicDriver(bus);
    this.gpio = new GpioDriver(bus);
    this.consoleUart = new UartDriver(bus, profile.console().uart());
    this.idleTime = new IdleTime(machine.clock());
    UserMemory memory = new UserMemory(machine.memory(), profile.memory().userStart());
    this.loader =
        new LoaderActivations(config.programs(), pages, memory, profile.memory(), violations);
    QuadratureEncoders encoders = new QuadratureEncoders(gpio, limits.encoders());
    Pointers pointers = new Pointers(memory, violations);
    this.frames = new RegisterFrames(pointers, profile.memory());
    this.handlers = handlers(machine, pointers, encoders);
    this.interrupts =
        new InterruptHandler(
            profile.interrupts(),
            handlers.events(),
            scheduler,
            new InterruptHandler.Drivers(gic, gpio, encoders, bus));
    this.boot = new Boot(profile, machine.memory(), spawner, config.entryArguments());
  }

  private SyscallHandlers handlers(
      KernelConfig.Surroundings machine, Pointers pointers, QuadratureEncoders encoders) {
    KernelConsole console = new KernelConsole(consoleUart, machine.time(), profile.timings());
    return new SyscallHandlers(
        new IpcCalls(tasks, pointers, violations, profile),
        new TaskCalls(tasks, spawner, pointers, violations, profile),
        new EventCalls(profile, violations),
        new MemoryCalls(pages, pointers),
        new EncoderCalls(encoders, pointers, violations),
        new SystemCalls(console, idleTime, pointers, violations, machine.bus()));
  }

  /** Sets up the console's UART, then the interrupt controller (kernel/src/main.c, k_main). */
  void startDevices() {
    boot.startConsole(consoleUart, gpio);
    boot.enableInterrupts(gic);
  }

  RegisterFrames frames() {
    return frames;
  }

  TaskTable tasks() {
    return tasks;
  }

  Violations violations() {
    return violations;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  TaskSpawner spawner() {
    return spawner;
  }

  LoaderActivations loader() {
    return loader;
  }

  InterruptHandler interrupts() {
    return interrupts;
  }

  IdleTime idleTime() {
    return idleTime;
  }

  SyscallHandlers handlers() {
    return handlers;
  }

  Boot boot() {
    return boot;
  }
}
