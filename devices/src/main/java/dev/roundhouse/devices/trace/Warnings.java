package dev.roundhouse.devices.trace;

/**
 * What the user must see even in a run without trace, such as the use of a register that is not
 * modelled. Whoever warns does so once per cause and bounds the number of causes.
 */
@FunctionalInterface
public interface Warnings {
  /**
   * Shows one warning.
   *
   * @param where the device, register or address
   * @param what what happened and what the machine does about it
   */
  void warn(String where, String what);

  /** Shows what is no fault but changes all that follows, such as a reboot. */
  default void inform(String what) {
    // Who hears warnings alone has no use for it.
  }
}
