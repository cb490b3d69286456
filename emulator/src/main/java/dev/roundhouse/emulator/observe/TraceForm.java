package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.trace.EventVisitor;
import java.io.IOException;

/** How a trace is written down. */
interface TraceForm {
  /** Begins an event at a virtual time; what it is comes next. */
  EventVisitor begin(long nanos);

  /** Ends the event. */
  void end() throws IOException;

  /** Lets the stream have what was written, whole events. */
  void flush() throws IOException;
}
