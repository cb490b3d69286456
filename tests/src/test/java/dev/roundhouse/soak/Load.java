package dev.roundhouse.soak;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.system.Images;
import dev.roundhouse.system.ProgramRun;
import dev.roundhouse.system.TestEngine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What goes on for as long as one wishes. */
enum Load {
  /**
   * Programs are created, send each other messages, wait for interrupts and exit. A program's
   * memory is never given back, so a machine follows the other.
   */
  PROGRAMS {
    @Override
    void run(Duration realTime) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < realTime.toNanos()) {
        expect("500 of 500", ProgramRun.bundled("many_tasks"));
        expect("Mind", ProgramRun.bundled("uart_echo", "uart_notifier").input("Mind the gap\004"));
        expect("stopped", ProgramRun.bundled("clock_delays", "clock_server", "clock_notifier"));
      }
    }
  },

  /** A kernel rewrites its code, with all maintenance; it ends when old code runs. */
  REWRITTEN_CODE {
    @Override
    void run(Duration realTime) {
      boot("rewrites.elf", realTime);
    }
  },

  /** A kernel resets the board, with trains on the line. */
  REBOOTS {
    @Override
    void run(Duration realTime) {
      boot("check_reboot.elf", realTime);
    }
  };

  private static final int CONSOLE = 0;
  private static final int BOX = 3;

  /**
   * Runs for so long.
   *
   * @throws IllegalStateException when a run ends otherwise than it should
   */
  abstract void run(Duration realTime);

  private static void expect(String text, ProgramRun guest) {
    String printed = guest.runOn(TestEngine.INSTALLED).text();
    if (!printed.contains(text)) {
      throw new IllegalStateException("no \"" + text + "\" in: " + printed);
    }
  }

  private static void boot(String kernel, Duration realTime) {
    TrainSetPlan trains = TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan();
    RunLimits limits = new RunLimits(Long.MAX_VALUE, realTime.toNanos());
    try {
      MachineConfig config =
          new MachineConfig(
              TestEngine.INSTALLED.library(),
              new Guest.Kernel(
                  KernelImage.parse(kernel, Images.resource(KERNELS + kernel)),
                  Guest.Kernel.MOST_RAM,
                  Guest.OnReboot.BOOT_AGAIN,
                  InstructionTime.OF_CHIP,
                  Optional.empty()),
              Map.of(
                  CONSOLE, new UartAttachment(new InputSource.Nothing(), OutputPort.none()),
                  BOX,
                      new UartAttachment(
                          new InputSource.SimulatedTrains(trains), OutputPort.none())),
              new MachineConfig.Run(limits, MachineConfig.Pacing.UNPACED),
              new MachineConfig.Listeners(
                  new SilentTrace(), _ -> {}, (_, _) -> {}, InputLog.none()));
      try (Machine machine = new Machine(config)) {
        RunEnd end = machine.run().end();
        if (!end.equals(new RunEnd.WallTimeout())) {
          throw new IllegalStateException(kernel + " ended: " + end);
        }
      }
    } catch (KernelImageException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String KERNELS = "/dev/roundhouse/firmware/kernels/";

  /**
   * Runs a load in this JVM.
   *
   * @param words the load, and for how many seconds
   */
  public static void main(String[] words) {
    Load.valueOf(words[0]).run(Duration.ofSeconds(Long.parseLong(words[1])));
  }
}
