package dev.roundhouse.emulator.script;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.util.List;

/** Gives every event to several sinks, in their order. */
record TraceFork(List<TraceSink> sinks) implements TraceSink {
  TraceFork {
    sinks = List.copyOf(sinks);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    for (TraceSink sink : sinks) {
      sink.emit(nanos, event);
    }
  }
}
