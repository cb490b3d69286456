package dev.roundhouse.emulator.timeline;

/** Who is told what tasks do, in the order of virtual time, in nanoseconds. */
interface TimelineListener {
  /** A task begins to do what its state says. */
  default void began(TracedTask task, long nanos) {
    // Not everybody cares.
  }

  /** It has done so from its {@link TracedTask#since} on, and does it no longer. */
  default void ended(TracedTask task, long nanos) {
    // Not everybody cares.
  }

  /**
   * It makes a call.
   *
   * @param message the number of the message that is sent or replied to by it; 0 for none
   */
  default void called(TracedTask task, long nanos, EventFields call, long message) {
    // Not everybody cares.
  }

  /** Its call has a result. */
  default void answered(TracedTask task, long nanos, long result) {
    // Not everybody cares.
  }

  /** A message that it sent was received. */
  default void received(TracedTask sender, TracedTask receiver, long nanos) {
    // Not everybody cares.
  }

  /** A message that it sent was replied to, or never will be. */
  default void replied(TracedTask sender, TracedTask replier, long nanos) {
    // Not everybody cares.
  }

  /** Time passed in which nobody began or ended anything. */
  default void passed(long from, long until) {
    // Not everybody cares.
  }
}
