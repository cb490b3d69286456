package dev.roundhouse.kernel.board;

/** How the kernel's own work takes time: the machine moves its clock and lets alarms fall due. */
public interface KernelTime {
  /** The kernel worked for {@code nanos} nanoseconds. */
  void charge(long nanos);

  /**
   * The kernel polls a device: goes on to the next moment at which something falls due.
   *
   * @return false if nothing will ever fall due or the run is over, so that polling on is of no use
   */
  boolean untilNextDeadline();
}
