package dev.roundhouse.emulator.machine;

import dev.roundhouse.emulator.calls.CallAbi;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.fullsystem.KernelImage;
import dev.roundhouse.emulator.input.UartAttachment;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine is made of that boots a kernel.
 *
 * @param engine the library that executes guest code
 * @param guest what boots
 * @param lines what is at the far end of each UART's line, by number; nobody where nothing is given
 * @param course how the run goes
 * @param listeners who hears of it; a booted kernel violates no rules of ours
 */
public record BootConfig(
    Engine engine,
    Guest guest,
    Map<Integer, UartAttachment> lines,
    MachineConfig.Course course,
    MachineConfig.Listeners listeners) {
  /** The most RAM there is, for reasons of addresses: the devices follow. */
  public static final long MOST_RAM = 0xFC00_0000L;

  /** The least RAM that a kernel can be loaded to. */
  public static final long LEAST_RAM = 0x10_0000L;

  /**
   * What boots.
   *
   * @param ramBytes of RAM from address 0 on, a multiple of 1 MiB
   * @param watched by which profile its system calls are told to the trace; they are not if empty
   */
  public record Guest(
      KernelImage image,
      long ramBytes,
      OnReboot onReboot,
      InstructionTime instructionTime,
      Optional<CallAbi> watched) {
    /** Checks the amount of RAM. */
    public Guest {
      if (ramBytes < LEAST_RAM || ramBytes > MOST_RAM || ramBytes % LEAST_RAM != 0) {
        throw new IllegalArgumentException("not an amount of RAM: " + ramBytes);
      }
    }
  }

  /** What happens when the kernel asks for a reboot. */
  public enum OnReboot {
    /** It boots again. */
    BOOT_AGAIN,
    /** The run ends. */
    END
  }

  /** Copies the lines. */
  public BootConfig {
    lines = Map.copyOf(lines);
  }
}
