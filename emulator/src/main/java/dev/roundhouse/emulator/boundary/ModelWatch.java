package dev.roundhouse.emulator.boundary;

import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.abi.Syscall;
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
  private final AbiProfile profile;
  private final TraceSink sink;
  private final CallDecoder decoder;
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
   * @param profile of the kernel that is modelled
   * @param memory of the machine, asked while the model runs
   */
  public ModelWatch(AbiProfile profile, TraceSink sink, UserBytes memory) {
    this.profile = profile;
    this.sink = sink;
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
      case KernelEvent.Called(var tid, Syscall call) -> begin(nanos, state(tid.value()), call);
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
    if (next instanceof KernelEvent.Interrupted
        && nanos <= goingOnNanos + profile.timings().kernelEntryNanos()) {
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
      begin(nanos, state, CallAbi.LOADER_CALL, new Registers(CallAbi.LOADER_CALL));
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

  private void begin(long nanos, State state, Syscall call) {
    CallShape shape = profile.syscalls().shape(call.kind()).orElseThrow();
    Registers registers = new Registers(shape);
    call.tellArguments(registers);
    begin(nanos, state, shape, registers);
  }

  private void begin(long nanos, State state, CallShape shape, Registers registers) {
    state.call = shape;
    state.given = decoder.given(shape, number -> registers.values[number]);
    sink.emit(nanos, new KernelStep.Called(state.task, shape.name(), state.given));
  }

  /** The argument registers as they were before the call was decoded. */
  private static final class Registers implements EventVisitor {
    private final long[] values = new long[SavedRegisters.COUNT];
    private final int[] numbers;
    private int used;

    Registers(CallShape shape) {
      numbers = shape.registers();
    }

    @Override
    public EventVisitor event(String name) {
      return this;
    }

    @Override
    public EventVisitor number(String name, long value) {
      values[numbers[used++]] = value;
      return this;
    }

    @Override
    public EventVisitor address(String name, long value) {
      return number(name, value);
    }

    @Override
    public EventVisitor text(String name, String value) {
      throw new IllegalArgumentException("a text is in no register: " + name);
    }
  }
}
