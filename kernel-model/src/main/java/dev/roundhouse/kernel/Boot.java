package dev.roundhouse.kernel;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.BootTask;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.board.GicDriver;
import dev.roundhouse.kernel.board.GpioDriver;
import dev.roundhouse.kernel.board.UartDriver;
import dev.roundhouse.kernel.syscall.TaskSpawner;
import dev.roundhouse.kernel.task.LoaderStage;
import dev.roundhouse.kernel.task.Priority;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.Tid;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the kernel does before anything runs (kernel/src/main.c, k_main, 9d49562). */
final class Boot {
  /** {@code svc #0}, which is exit, and a branch to itself behind it. */
  private static final int SVC_EXIT = 0xD400_0001;

  private static final int BRANCH_TO_SELF = 0x1400_0000;

  private final AbiProfile profile;
  private final PhysicalMemory memory;
  private final TaskSpawner spawner;
  private final List<KernelConfig.Argument> entryArguments;

  Boot(
      AbiProfile profile,
      PhysicalMemory memory,
      TaskSpawner spawner,
      List<KernelConfig.Argument> entryArguments) {
    this.profile = profile;
    this.memory = memory;
    this.spawner = spawner;
    this.entryArguments = entryArguments;
  }

  /** Sets up the console's UART and its pins. */
  void startConsole(UartDriver uart, GpioDriver gpio) {
    for (int pin : profile.console().pins()) {
      gpio.configure(pin, GpioDriver.Function.ALTERNATE_4, GpioDriver.Resistor.NONE);
    }
    uart.start(profile.console().baud());
  }

  /** Writes the exit stub, to which programs return. */
  void writeExitStub() {
    memory.putInt(profile.memory().exitStub(), SVC_EXIT);
    memory.putInt(profile.memory().exitStub() + Integer.BYTES, BRANCH_TO_SELF);
  }

  /** Makes the idle task, which is never in the ready queue. */
  Task makeIdle() {
    Task idle = spawn(profile.limits().lowestPriority());
    idle.setStage(new LoaderStage.InKernel());
    return idle;
  }

  /** Makes the tasks of the profile and lets them start in order. */
  void makeBootTasks(Scheduler scheduler) {
    boolean isEntry = true;
    for (BootTask wanted : profile.bootTasks()) {
      Task task = spawn(wanted.priority());
      byte[] block = arguments(wanted.program(), isEntry ? entryArguments : List.of());
      UserBuffer target = spawner.reserveArguments(task, block.length);
      memory.write(target.address(), block, 0, block.length);
      scheduler.makeReady(task);
      isEntry = false;
    }
  }

  void enableInterrupts(GicDriver gic) {
    gic.enable(profile.interrupts());
  }

  private Task spawn(int priority) {
    return spawner
        .spawn(Tid.IDLE, new Priority(priority))
        .orElseThrow(() -> new IllegalStateException("no memory for the boot tasks"));
  }

  private byte[] arguments(String program, List<KernelConfig.Argument> more) {
    StringBuilder block = new StringBuilder("PROGRAM\0").append(program).append('\0');
    for (KernelConfig.Argument argument : more) {
      block.append(argument.key()).append('\0').append(argument.value()).append('\0');
    }
    byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
    if (!spawner.hasRoomForArguments(bytes.length)) {
      throw new IllegalArgumentException("the entry's arguments do not fit into its stack");
    }
    return bytes;
  }
}
