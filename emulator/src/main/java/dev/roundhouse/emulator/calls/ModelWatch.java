package dev.roundhouse.emulator.calls;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.Timings;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the kernel model does as if only its boundary were seen, in the steps of {@link
 * KernelWatch}. The ELF loader, which the model has inside, is a part of the task on the real
 * kernel: its system call is told as one of the task.
 */
public final class ModelWatch implements TraceSink {
  private final CallAbi abi;
  private final TraceSink sink;
  private final CallDecoder decoder;
  private final long entryNanos;
  private final SortedMap<Integer, State> states = new TreeMap<>();
  private @Nullable State goingOn;
  private long goingOnNanos;

  private static final class State {
    private final TrackedTask task;
    private @Nullable CallShape call;
    private List<GivenArgument> given = List.of();
    private List<String> answers = List.of();
    private int result;
    private boolean hasRun;
    private boolean isLoading = true;

    State(int tid) {
      task = new TrackedTask(tid);
    }
  }

  /**
   * A watch over a model that has not run yet.
   *
   * @param abi the profile of the kernel that is modelled
   * @param timings of the model
   * @param memory of the machine, asked while the model runs
   */
  public ModelWatch(CallAbi abi, Timings timings, TraceSink sink, UserBytes memory) {
    this.abi = abi;
    this.sink = sink;
    entryNanos = timings.kernelEntryNanos();
    decoder = new CallDecoder(memory);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    if (event instanceof KernelEvent kernel) {
      letGoOn(nanos, kernel);
      take(nanos, kernel);
    }
  }

  private void take(long nanos, KernelEvent event) {
    switch (event) {
      case KernelEvent.Dispatched(var tid) -> {
        State state = state(tid.value());
        goingOn = state;
        goingOnNanos = nanos;
        // Now: it may write over them before anything else is heard of it.
        state.answers = decoder.answers(state.given, state.result);
      }
      case KernelEvent.Called(var tid, Syscall call) ->
          begin(nanos, state(tid.value()), shape(call), registers(call));
      case KernelEvent.BecameReady(var tid, long result) ->
          state(tid.value()).result = (int) result;
      case KernelEvent.Exited(var tid) -> {
        sink.emit(nanos, new KernelStep.Exited(state(tid.value()).task));
        states.remove(tid.value());
      }
      default -> {
        // Inside the kernel: not seen at the boundary.
      }
    }
  }

  private State state(int tid) {
    return states.computeIfAbsent(tid, State::new);
  }

  /**
   * The task that was dispatched has gone on, unless what happens next is an interrupt that had
   * waited: then it has not got as far as its first instruction.
   */
  private void letGoOn(long nanos, KernelEvent next) {
    State state = goingOn;
    if (state == null) {
      return;
    }
    goingOn = null;
    if (next instanceof KernelEvent.Interrupted && nanos <= goingOnNanos + entryNanos) {
      return;
    }
    if (!state.hasRun) {
      state.hasRun = true;
      sink.emit(goingOnNanos, new KernelStep.Started(state.task));
    }
    if (!state.isLoading) {
      returned(state);
    } else if (!(next instanceof KernelEvent.Interrupted)) {
      state.isLoading = false;
      begin(nanos, state, CallAbi.LOADER_CALL);
    }
  }

  private void returned(State state) {
    CallShape call = state.call;
    if (call != null) {
      state.call = null;
      boolean isCompared = call.result() == CallShape.Result.INT;
      sink.emit(
          goingOnNanos,
          new KernelStep.Returned(
              state.task, call.name(), state.result, isCompared, state.answers));
    }
  }

  private void begin(long nanos, State state, CallShape shape, long... registers) {
    state.call = shape;
    state.given = decoder.given(shape, number -> number < registers.length ? registers[number] : 0);
    sink.emit(nanos, new KernelStep.Called(state.task, shape.name(), state.given));
  }

  private CallShape shape(Syscall call) {
    String name = name(call);
    for (CallShape shape : abi.calls().values()) {
      if (shape.name().equals(name)) {
        return shape;
      }
    }
    throw new IllegalStateException("the profile " + abi.name() + " has no call " + name);
  }

  private static String name(Syscall call) {
    return switch (call) {
      case Syscall.Exit() -> "exit";
      case Syscall.Yield() -> "yield";
      case Syscall.Create _ -> "create";
      case Syscall.MyTid() -> "my_tid";
      case Syscall.MyParentTid() -> "my_parent_tid";
      case Syscall.Send _ -> "send";
      case Syscall.Receive _ -> "recv";
      case Syscall.Reply _ -> "reply";
      case Syscall.AwaitEvent _ -> "await_event";
      case Syscall.MapMemory _ -> "mmap";
      case Syscall.SystemHealth _ -> "sys_health";
      case Syscall.EncoderInit _ -> "quadrature_encoder_init";
      case Syscall.EncoderGet _ -> "quadrature_encoder_get";
      case Syscall.PrintRaw _ -> "print_raw";
      case Syscall.Quit() -> "quit";
    };
  }

  /** x0 to x4 as they were before the call was decoded. */
  private static long[] registers(Syscall call) {
    return switch (call) {
      case Syscall.Exit(),
          Syscall.Yield(),
          Syscall.MyTid(),
          Syscall.MyParentTid(),
          Syscall.Quit() ->
          new long[0];
      case Syscall.Create(int priority, UserBuffer arguments) ->
          new long[] {priority, arguments.address(), arguments.length()};
      case Syscall.Send(int to, UserBuffer message, UserBuffer reply) ->
          new long[] {to, message.address(), message.length(), reply.address(), reply.length()};
      case Syscall.Receive(long tidAddress, UserBuffer buffer) ->
          new long[] {tidAddress, buffer.address(), buffer.length()};
      case Syscall.Reply(int to, UserBuffer message) ->
          new long[] {to, message.address(), message.length()};
      case Syscall.AwaitEvent(var event) -> new long[] {event.value()};
      case Syscall.MapMemory(long target, long bytes) -> new long[] {target, bytes};
      case Syscall.SystemHealth(long address) -> new long[] {address};
      case Syscall.EncoderInit(int pinA, int pinB) -> new long[] {pinA, pinB};
      case Syscall.EncoderGet(int id, long address) -> new long[] {id, address};
      case Syscall.PrintRaw(long address, int length) -> new long[] {address, length};
    };
  }
}
