package dev.roundhouse.kernel;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Limits;
import dev.roundhouse.kernel.board.DrivenDevices;
import dev.roundhouse.kernel.board.GicDriver;
import dev.roundhouse.kernel.board.GpioDriver;
import dev.roundhouse.kernel.board.UartDriver;
import dev.roundhouse.kernel.board.WatchdogDriver;
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
final class KernelWiring {
  private final AbiProfile profile;
  final TaskTable tasks = new TaskTable();
  private final PageAllocator pages;
  final Violations violations;
  final Scheduler scheduler;
  final TaskSpawner spawner;
  final LoaderActivations loader;
  final InterruptHandler interrupts;
  final IdleTime idleTime;
  final SyscallHandlers handlers;
  final Boot boot;
  final RegisterFrames frames;
  final StackCheck stacks;
  private final GicDriver gic;
  private final GpioDriver gpio;
  private final UartDriver consoleUart;

  KernelWiring(KernelConfig config) {
    KernelConfig.Hardware hardware = config.hardware();
    KernelConfig.Reports reports = config.reports();
    DrivenDevices devices = hardware.devices();
    this.profile = config.profile();
    Limits limits = profile.limits();
    this.violations =
        new Violations(
            hardware.clock(), reports.violations(), reports.strictness(), profile.syscalls());
    this.pages = new PageAllocator(profile.memory());
    pages.allocate(0); // The slab manager's page (kernel/src/bootstrap.c, k_bootstrap_slab).
    DescriptorSlab descriptors = new DescriptorSlab(pages, limits.descriptorsPerPage());
    this.spawner = new TaskSpawner(tasks, pages, descriptors, profile.memory(), hardware.clock());
    this.scheduler =
        new Scheduler(
            new ReadyQueue(limits.readyTasks()), violations, reports.trace(), hardware.clock());
    this.gic = new GicDriver(devices);
    this.gpio = new GpioDriver(devices);
    this.consoleUart = new UartDriver(devices, profile.console().uart());
    this.idleTime = new IdleTime(hardware.clock());
    UserMemory memory = new UserMemory(hardware.memory(), profile.memory().userStart());
    this.loader =
        new LoaderActivations(config.programs(), pages, memory, profile.memory(), violations);
    QuadratureEncoders encoders = new QuadratureEncoders(gpio, limits.encoders());
    Pointers pointers = new Pointers(memory, violations);
    this.frames = new RegisterFrames(pointers, profile.memory());
    this.handlers = handlers(hardware, pointers, encoders);
    this.stacks = new StackCheck(tasks, handlers.memory(), violations);
    this.interrupts =
        new InterruptHandler(
            profile.interrupts(),
            handlers.events(),
            scheduler,
            new InterruptHandler.Drivers(gic, gpio, encoders, devices));
    this.boot = new Boot(profile, hardware.memory(), spawner, config.entryArguments());
  }

  private SyscallHandlers handlers(
      KernelConfig.Hardware hardware, Pointers pointers, QuadratureEncoders encoders) {
    KernelConsole console = new KernelConsole(consoleUart, hardware.time(), profile.timings());
    return new SyscallHandlers(
        new IpcCalls(tasks, pointers, violations, profile),
        new TaskCalls(tasks, spawner, pointers, violations, profile),
        new EventCalls(profile, violations),
        new MemoryCalls(pages, pointers),
        new EncoderCalls(encoders, pointers, violations),
        new SystemCalls(
            console, idleTime, pointers, violations, new WatchdogDriver(hardware.devices())));
  }

  /** Sets up the console's UART, then the interrupt controller (kernel/src/main.c, k_main). */
  void startDevices() {
    boot.startConsole(consoleUart, gpio);
    boot.enableInterrupts(gic);
  }
}
