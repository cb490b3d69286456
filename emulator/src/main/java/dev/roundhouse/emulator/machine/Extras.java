package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.plant.MotorPlan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What a machine has beyond the board and its lines. A run with motors can be recorded, one with
 * shared memory cannot: other processes write to it.
 *
 * @param motors wired to the board's pins
 * @param sharedMemory files of the host in place of RAM
 */
public record Extras(List<MotorPlan> motors, List<SharedFile> sharedMemory) {
  /** Nothing more. */
  public static final Extras NONE = new Extras(List.of());

  /** Copies the lists. */
  public Extras {
    motors = List.copyOf(motors);
    sharedMemory = List.copyOf(sharedMemory);
  }

  /** Motors only. */
  public Extras(List<MotorPlan> motors) {
    this(motors, List.of());
  }

  /**
   * Maps the files into RAM that begins at an address.
   *
   * @return a check that all of them are still whole
   */
  Runnable mapInto(MemorySegment ram, long ramStart, Arena lifetime) {
    List<Runnable> checks =
        sharedMemory.stream().map(file -> file.mapInto(ram, ramStart, lifetime)).toList();
    return () -> checks.forEach(Runnable::run);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return motors.isEmpty() && sharedMemory.isEmpty();
  }
}
