package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.emulator.calls.KernelStep;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes a trace as JSON Lines: one event a line, {@code t} its virtual time in nanoseconds, {@code
 * e} what happened, then what belongs to it. The same run gives the same bytes.
 */
public final class TraceFile implements TraceSink, AutoCloseable {
  private final OutputStream out;
  private final JsonLine json;

  /** A trace to a stream, which needs no buffer and is closed with it. */
  public TraceFile(OutputStream out) {
    this.out = out;
    json = new JsonLine(out);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  /**
   * Writes one event.
   *
   * @throws UncheckedIOException when the stream does not take it
   */
  @Override
  public void emit(long nanos, TraceEvent event) {
    json.begin().number("t", nanos);
    switch (event) {
      case KernelEvent kernel -> put(kernel);
      case DeviceEvent device -> put(device);
      case KernelStep step -> StepLine.put(json, step);
      case TrainEvent train -> TrainLine.put(json, train);
      default -> throw new IllegalArgumentException("unknown event " + event);
    }
    try {
      json.end();
    } catch (IOException e) {
      throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
    }
  }

  private JsonLine event(String name) {
    return json.text("e", name);
  }

  private void put(KernelEvent event) {
    var _ =
        switch (event) {
          case KernelEvent.Called(var tid, var call) -> {
            event("call").number("tid", tid.value());
            yield put(call);
          }
          case KernelEvent.Interrupted(var tid) -> event("interrupted").number("tid", tid.value());
          case KernelEvent.InterruptServed(int interrupt) ->
              event("interrupt").number("id", interrupt);
          case KernelEvent.Created(var tid, var parent, int priority) ->
              event("created")
                  .number("tid", tid.value())
                  .number("parent", parent.value())
                  .number("priority", priority);
          case KernelEvent.Loaded(var tid, String program, var memory) ->
              event("loaded")
                  .number("tid", tid.value())
                  .text("program", program)
                  .address("start", memory.start())
                  .address("end", memory.end());
          case KernelEvent.BecameReady(var tid, long result) ->
              event("ready").number("tid", tid.value()).number("result", result);
          case KernelEvent.SendBlocked(var tid, var to) ->
              event("send-blocked").number("tid", tid.value()).number("to", to.value());
          case KernelEvent.ReceiveBlocked(var tid) ->
              event("receive-blocked").number("tid", tid.value());
          case KernelEvent.ReplyBlocked(var tid, var by) ->
              event("reply-blocked").number("tid", tid.value()).number("by", by.value());
          case KernelEvent.EventBlocked(var tid, int id) ->
              event("event-blocked").number("tid", tid.value()).number("event", id);
          case KernelEvent.Lost(var tid) -> event("lost").number("tid", tid.value());
          case KernelEvent.Exited(var tid) -> event("exited").number("tid", tid.value());
          case KernelEvent.Dispatched(var tid) -> event("dispatched").number("tid", tid.value());
          case KernelEvent.Idle() -> event("idle");
        };
  }

  private JsonLine put(Syscall call) {
    return switch (call) {
      case Syscall.Exit() -> json.text("call", "exit");
      case Syscall.Yield() -> json.text("call", "yield");
      case Syscall.Create(int priority, UserBuffer arguments) ->
          buffer("args", json.text("call", "create").number("priority", priority), arguments);
      case Syscall.MyTid() -> json.text("call", "my_tid");
      case Syscall.MyParentTid() -> json.text("call", "my_parent_tid");
      case Syscall.Send(int to, UserBuffer message, UserBuffer reply) ->
          buffer(
              "reply", buffer("msg", json.text("call", "send").number("to", to), message), reply);
      case Syscall.Receive(long tidAddress, UserBuffer into) ->
          buffer("buf", json.text("call", "recv").address("tid_at", tidAddress), into);
      case Syscall.Reply(int to, UserBuffer message) ->
          buffer("msg", json.text("call", "reply").number("to", to), message);
      case Syscall.AwaitEvent(var event) ->
          json.text("call", "await_event").number("event", event.value());
      case Syscall.MapMemory(long target, long bytes) ->
          json.text("call", "mmap").address("at", target).number("bytes", bytes);
      case Syscall.SystemHealth(long address) ->
          json.text("call", "sys_health").address("at", address);
      case Syscall.EncoderInit(int pinA, int pinB) ->
          json.text("call", "quadrature_encoder_init").number("a", pinA).number("b", pinB);
      case Syscall.EncoderGet(int id, long address) ->
          json.text("call", "quadrature_encoder_get").number("id", id).address("at", address);
      case Syscall.PrintRaw(long address, int length) ->
          json.text("call", "print_raw").address("at", address).number("bytes", length);
      case Syscall.Quit() -> json.text("call", "quit");
    };
  }

  private static JsonLine buffer(String name, JsonLine line, UserBuffer buffer) {
    return line.address(name, buffer.address()).number(name + "_bytes", buffer.length());
  }

  private void put(DeviceEvent event) {
    var _ =
        switch (event) {
          case DeviceEvent.FrameSent(String uart, int value) ->
              event("frame-sent").text("uart", uart).number("value", value);
          case DeviceEvent.FrameReceived(String uart, int data) ->
              event("frame-received").text("uart", uart).number("data", data);
          case DeviceEvent.ReceiveOverrun(String uart, int value) ->
              event("receive-overrun").text("uart", uart).number("value", value);
          case DeviceEvent.TimerMatched(int compare, int counter) ->
              event("timer-matched")
                  .number("compare", compare)
                  .number("counter", Integer.toUnsignedLong(counter));
          case DeviceEvent.InterruptAcknowledged(int id) ->
              event("interrupt-acknowledged").number("id", id);
          case DeviceEvent.InterruptEnded(int id) -> event("interrupt-ended").number("id", id);
          case DeviceEvent.RebootRequested() -> event("reboot-requested");
        };
  }

  @Override
  public void close() throws IOException {
    json.flush();
    out.close();
  }
}
