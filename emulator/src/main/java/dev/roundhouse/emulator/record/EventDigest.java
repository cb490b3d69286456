package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.emulator.input.ExternalInput;

/**
 * All that has happened in a run as one 64-bit number: the same in each JVM for the same events in
 * the same order at the same times. It guards against differences, not against forgers.
 */
final class EventDigest {
  /** 2^64 divided by the golden ratio: odd, and its bits look random. */
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private static final int FOLD_SHIFT = 32;

  // What an input is: part of the file format.
  private static final int INPUT_BYTE = 1;
  private static final int INPUT_END = 2;
  private static final int STOP = 3;
  private static final int PULLED = 4;
  private static final int CLEAR_TO_SEND = 5;

  private final Fields fields = new Fields();
  private long digest;
  private long events;
  private long latestNanos;

  /** How far the run is. */
  CheckPoint now() {
    return new CheckPoint(latestNanos, events, digest);
  }

  long events() {
    return events;
  }

  long latestNanos() {
    return latestNanos;
  }

  /** Something happened on the board or in the kernel model. */
  void add(long nanos, TraceEvent event) {
    event.describeTo(fields);
    mix(nanos);
    count(nanos);
  }

  /** Something came in by the gate. */
  void add(long nanos, ExternalInput input) {
    switch (input) {
      case ExternalInput.SerialByte(int uart, int value) -> mix(INPUT_BYTE, uart, value);
      case ExternalInput.SerialEnded(int uart) -> mix(INPUT_END, uart, 0);
      case ExternalInput.ClearToSend(int uart, Signal state, long frames) -> {
        mix(CLEAR_TO_SEND, uart, RunLog.SIGNALS.indexOf(state));
        mix(frames);
      }
      case ExternalInput.StopRequest() -> mix(STOP, 0, 0);
    }
    mix(nanos);
    count(nanos);
  }

  /** A UART took a byte, or the end, of input that waited. */
  void addPulled(int uart, int value) {
    mix(PULLED, uart, value);
    count(latestNanos);
  }

  private void count(long nanos) {
    events++;
    latestNanos = Math.max(latestNanos, nanos);
  }

  private void mix(int kind, long first, long second) {
    mix(kind);
    mix(first);
    mix(second);
  }

  private void mix(long value) {
    long product = (digest ^ value) * MULTIPLIER;
    digest = product ^ (product >>> FOLD_SHIFT);
  }

  /**
   * Takes in what an event says of itself: its name, and the values of its fields. A text enters by
   * its hash, which the documentation of strings defines, and which strings keep.
   */
  private final class Fields implements EventVisitor {
    @Override
    public EventVisitor event(String name) {
      mix(name.hashCode());
      return this;
    }

    @Override
    public EventVisitor number(String name, long value) {
      mix(value);
      return this;
    }

    @Override
    public EventVisitor address(String name, long value) {
      mix(value);
      return this;
    }

    @Override
    public EventVisitor text(String name, String value) {
      mix(value.hashCode());
      return this;
    }
  }
}
