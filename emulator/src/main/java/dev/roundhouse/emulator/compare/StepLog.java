package dev.roundhouse.emulator.compare;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.boundary.GivenArgument;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.boundary.TrackedTask;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a run that can be compared with those of another kernel: what tasks call, with which
 * contents, and what they get, in the order in which tasks run. Addresses and times are left out,
 * the idle task and interrupts too: they are not the same on two kernels.
 */
public final class StepLog implements TraceSink {
  private final int most;
  private final List<Step> steps = new ArrayList<>();

  /** Ends a machine's run from inside: enough has been seen. */
  public static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Full() {
      super("enough steps", null, false, false);
    }
  }

  /**
   * A step.
   *
   * @param nanos when, in virtual time
   * @param task whose tid is asked for when the run is over: it may be learnt late
   * @param what it does
   */
  record Step(long nanos, TrackedTask task, String what) {
    /** What is compared. */
    String text() {
      return "task " + task.tid() + " " + what;
    }

    String at() {
      return new VirtualTime(nanos).toString();
    }
  }

  /** A log that takes so many steps and then throws {@link Full}. */
  public StepLog(int most) {
    this.most = most;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    if (event instanceof KernelStep step && !step.task().isIdle()) {
      switch (step) {
        case KernelStep.Started(var task) -> add(nanos, task, "starts");
        case KernelStep.Called called -> add(nanos, called.task(), call(called));
        case KernelStep.Returned returned -> add(nanos, returned.task(), result(returned));
        case KernelStep.Faulted(var task, int syndrome, long _) ->
            add(nanos, task, "takes an exception, ESR 0x%x".formatted(syndrome));
        case KernelStep.Created _,
            KernelStep.Dispatched _,
            KernelStep.Interrupted _,
            KernelStep.Exited _ -> {
          // Follows from the calls, or is a matter of time.
        }
      }
    }
  }

  private void add(long nanos, TrackedTask task, String what) {
    if (steps.size() == most) {
      throw new Full();
    }
    steps.add(new Step(nanos, task, what));
  }

  private static String call(KernelStep.Called called) {
    List<String> arguments = new ArrayList<>();
    for (GivenArgument argument : called.arguments()) {
      arguments.add(argument.text());
    }
    return "calls " + called.call() + "(" + String.join(", ", arguments) + ")";
  }

  private static String result(KernelStep.Returned returned) {
    StringBuilder text = new StringBuilder("returns from ").append(returned.call());
    if (returned.isCompared()) {
      text.append(" with ").append(returned.result());
    }
    returned.answers().forEach(answer -> text.append(", ").append(answer));
    return text.toString();
  }

  List<Step> steps() {
    return steps;
  }
}
