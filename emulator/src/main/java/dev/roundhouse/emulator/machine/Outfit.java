package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.plant.MotorPlan;
import java.util.List;

/**
 * What a machine has beyond the board and its lines. It is no part of a recording: a run with any
 * of it is not recorded.
 *
 * @param motors wired to the board's pins
 */
public record Outfit(List<MotorPlan> motors) {
  /** Nothing more. */
  public static final Outfit NONE = new Outfit(List.of());

  /** Copies the list. */
  public Outfit {
    motors = List.copyOf(motors);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return motors.isEmpty();
  }
}
