package dev.roundhouse.devices.trace;

/**
 * Something that happened, worth a line in a trace. It describes itself: traces, digests and texts
 * are made of its name and its fields alone. Every module has its own sealed family.
 */
public interface TraceEvent {
  /**
   * Tells the event's name, which it shares with no event of another kind in a run, and then its
   * fields. An event of the same kind has the same fields in the same order.
   */
  void describeTo(EventVisitor visitor);
}
