package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.trace.Warnings;
import java.util.function.Supplier;

/** Warnings of devices, with where the guest's code is that they are about. */
final class PlacedWarnings implements Warnings {
  private final Warnings onward;
  private Supplier<String> place = PlacedWarnings::nowhere;

  PlacedWarnings(Warnings onward) {
    this.onward = onward;
  }

  /** From now on a guest's processor says where it is, in words to be put behind a warning. */
  void placedBy(Supplier<String> newPlace) {
    place = newPlace;
  }

  /** There is no processor any more. */
  void placedByNobody() {
    place = PlacedWarnings::nowhere;
  }

  private static String nowhere() {
    return "";
  }

  @Override
  public void warn(String where, String what) {
    onward.warn(where, what + place.get());
  }

  @Override
  public void inform(String what) {
    onward.inform(what);
  }
}
