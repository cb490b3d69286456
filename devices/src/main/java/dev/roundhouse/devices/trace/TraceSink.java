package dev.roundhouse.devices.trace;

/** Where trace events go. Called on the machine's thread only. */
public interface TraceSink {
  /** Whether anyone listens. Ask before building an event: most runs are not traced. */
  boolean isOn();

  /**
   * Takes one event.
   *
   * @param nanos virtual time in nanoseconds
   */
  void emit(long nanos, TraceEvent event);
}
