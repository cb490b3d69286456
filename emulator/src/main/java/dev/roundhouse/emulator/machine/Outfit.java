package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.plant.MotorPlan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What a machine has beyond the board and its lines. A run with motors can be recorded, one with
 * files cannot: other processes write to them.
 *
 * @param motors wired to the board's pins
 * @param files of the host in place of RAM
 */
public record Outfit(List<MotorPlan> motors, List<SharedFile> files) {
  /** Nothing more. */
  public static final Outfit NONE = new Outfit(List.of());

  /** Copies the lists. */
  public Outfit {
    motors = List.copyOf(motors);
    files = List.copyOf(files);
  }

  /** Motors only. */
  public Outfit(List<MotorPlan> motors) {
    this(motors, List.of());
  }

  /**
   * Maps the files into RAM that begins at an address.
   *
   * @return a check that all of them are still whole
   */
  Runnable mapInto(MemorySegment ram, long ramStart, Arena lifetime) {
    List<Runnable> checks =
        files.stream().map(file -> file.mapInto(ram, ramStart, lifetime)).toList();
    return () -> checks.forEach(Runnable::run);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return motors.isEmpty() && files.isEmpty();
  }
}
