package dev.roundhouse.emulator.timeline;

import java.io.IOException;

/** A trace that is read event by event. */
public interface TraceInput {
  /**
   * Reads the next event into {@code event}.
   *
   * @return whether there was one
   * @throws TraceException when what is there is none
   */
  boolean next(EventFields event) throws IOException;

  /** The virtual time of the event that was read last, in nanoseconds. */
  long nanos();

  /** Where it was, such as {@code line 3}. */
  String place();

  /** Whether the trace ended within an event. */
  boolean isCutOff();
}
