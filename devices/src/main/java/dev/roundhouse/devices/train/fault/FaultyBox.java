package dev.roundhouse.devices.train.fault;

import java.util.List;

/** A box as faults strike it. */
public interface FaultyBox {
  /**
   * Checks that this box can have a fault of a box or of its cable.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException if it cannot
   */
  void check(Fault fault);

  /** Puts box and cable into the state that these faults leave them in. */
  void strike(List<Fault> present);
}
