package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.kernel.trace.KernelEvent;

/**
 * All that has happened in a run as one 64-bit number: the same in each JVM for the same events in
 * the same order at the same times. It guards against differences, not against forgers.
 */
final class EventDigest {
  /** 2^64 divided by the golden ratio: odd, and its bits look random. */
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private static final int FOLD_SHIFT = 32;

  // What an event is: part of the file format.
  private static final int INPUT_BYTE = 1;
  private static final int INPUT_END = 2;
  private static final int STOP = 3;
  private static final int PULLED = 4;
  private static final int FRAME_SENT = 5;
  private static final int FRAME_RECEIVED = 6;
  private static final int RECEIVE_OVERRUN = 7;
  private static final int TIMER_MATCHED = 8;
  private static final int INTERRUPT_ACKNOWLEDGED = 9;
  private static final int INTERRUPT_ENDED = 10;
  private static final int REBOOT = 11;
  private static final int CALLED = 12;
  private static final int INTERRUPTED = 13;
  private static final int INTERRUPT_SERVED = 14;
  private static final int CREATED = 15;
  private static final int LOADED = 16;
  private static final int BECAME_READY = 17;
  private static final int SEND_BLOCKED = 18;
  private static final int RECEIVE_BLOCKED = 19;
  private static final int REPLY_BLOCKED = 20;
  private static final int EVENT_BLOCKED = 21;
  private static final int LOST = 22;
  private static final int EXITED = 23;
  private static final int DISPATCHED = 24;
  private static final int IDLE = 25;
  private static final int CLEAR_TO_SEND = 26;

  private final SyscallDigest calls = new SyscallDigest(this::mix);
  private final TrainDigest trains = new TrainDigest(this::mix);
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

  /** Something happened on the board or in the kernel. */
  void add(long nanos, TraceEvent event) {
    switch (event) {
      case KernelEvent ours -> addKernel(ours);
      case DeviceEvent ours -> addDevice(ours);
      case TrainEvent ours -> trains.add(ours);
      default -> throw new IllegalArgumentException("no digest is defined for " + event);
    }
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

  private void addDevice(DeviceEvent event) {
    switch (event) {
      case DeviceEvent.FrameSent(String uart, int value) -> mix(FRAME_SENT, uart, value);
      case DeviceEvent.FrameReceived(String uart, int data) -> mix(FRAME_RECEIVED, uart, data);
      case DeviceEvent.ReceiveOverrun(String uart, int value) -> mix(RECEIVE_OVERRUN, uart, value);
      case DeviceEvent.TimerMatched(int compare, int counter) ->
          mix(TIMER_MATCHED, compare, counter);
      case DeviceEvent.InterruptAcknowledged(int id) -> mix(INTERRUPT_ACKNOWLEDGED, id, 0);
      case DeviceEvent.InterruptEnded(int id) -> mix(INTERRUPT_ENDED, id, 0);
      case DeviceEvent.RebootRequested() -> mix(REBOOT, 0, 0);
    }
  }

  private void addKernel(KernelEvent event) {
    switch (event) {
      case KernelEvent.Called called -> {
        mix(CALLED, called.tid().value(), 0);
        calls.add(called.call());
      }
      case KernelEvent.Interrupted ours -> mix(INTERRUPTED, ours.tid().value(), 0);
      case KernelEvent.InterruptServed ours -> mix(INTERRUPT_SERVED, ours.interrupt(), 0);
      case KernelEvent.Created ours -> {
        mix(CREATED, ours.tid().value(), ours.parent().value());
        mix(ours.priority());
      }
      case KernelEvent.Loaded ours -> {
        mix(LOADED, ours.program(), ours.tid().value());
        mix(ours.memory().start());
        mix(ours.memory().length());
      }
      case KernelEvent.BecameReady ours -> mix(BECAME_READY, ours.tid().value(), ours.result());
      case KernelEvent.SendBlocked ours -> mix(SEND_BLOCKED, ours.tid().value(), ours.to().value());
      case KernelEvent.ReceiveBlocked ours -> mix(RECEIVE_BLOCKED, ours.tid().value(), 0);
      case KernelEvent.ReplyBlocked ours ->
          mix(REPLY_BLOCKED, ours.tid().value(), ours.by().value());
      case KernelEvent.EventBlocked ours -> mix(EVENT_BLOCKED, ours.tid().value(), ours.event());
      case KernelEvent.Lost ours -> mix(LOST, ours.tid().value(), 0);
      case KernelEvent.Exited ours -> mix(EXITED, ours.tid().value(), 0);
      case KernelEvent.Dispatched ours -> mix(DISPATCHED, ours.tid().value(), 0);
      case KernelEvent.Idle() -> mix(IDLE, 0, 0);
    }
  }

  /** The hash of a string is defined by its class's documentation, and is kept by the string. */
  private void mix(int kind, String name, long value) {
    mix(kind, name.hashCode(), value);
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
}
