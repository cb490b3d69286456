package dev.roundhouse.script.reference;

import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Observation.EndState;
import dev.roundhouse.emulator.conformance.script.Observation.Entry;
import dev.roundhouse.emulator.conformance.script.Observation.StepSeen;
import dev.roundhouse.emulator.conformance.script.Observation.TaskSeen;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.script.reference.ReferenceTask.Seen;
import dev.roundhouse.script.reference.ReferenceTask.Stage;
import dev.roundhouse.script.reference.ReferenceTask.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says whether what was seen of a run is what the rules of the kernel give. When interrupts came,
 * and with which status of a UART, is taken from what was seen: only the board knows it. All else
 * follows from the scripts.
 */
public final class Reference {
  private static final int CONSOLE = 2;

  private final Observation seen;
  private final ReferenceKernel kernel;
  private int at;

  private Reference(Rules rules, ScriptedSystem system, Observation seen) {
    this.seen = seen;
    this.kernel = new ReferenceKernel(rules, system);
  }

  /**
   * The first difference between what was seen and what the rules give; nothing if there is none.
   *
   * @param rules of the kernel
   * @param system whose pointers lead to own bytes or nowhere, and which has no program files
   */
  public static Optional<String> difference(Rules rules, ScriptedSystem system, Observation seen) {
    Reference reference = new Reference(rules, system, seen);
    try {
      reference.follow();
      reference.compareEnd();
      reference.compareTasks();
      return Optional.empty();
    } catch (MismatchException difference) {
      return Optional.of(String.valueOf(difference.getMessage()));
    }
  }

  /** Goes along the kernel entries that were seen. */
  private void follow() throws MismatchException {
    while (kernel.end.isEmpty()) {
      boolean isIdle = kernel.ready.isEmpty();
      if (at == seen.order().size()) {
        followTheLast();
        return;
      }
      if (isIdle) {
        require(isInterrupt(0), "nobody is ready, so only an interrupt can come");
        interrupt();
      } else {
        run(kernel.takeNext());
      }
    }
    require(at == seen.order().size(), "the run ends here: " + kernel.end);
  }

  /** Nothing more was seen: nobody is ready, or the run ends by what the trace does not tell of. */
  private void followTheLast() throws MismatchException {
    if (kernel.ready.isEmpty() || seen.end().kind() == EndKind.TIMEOUT) {
      return;
    }
    ReferenceTask task = kernel.takeNext();
    if (task.stage == Stage.ASKS_FOR_MEMORY) {
      kernel.load(task);
    } else {
      int step = nextCall(task);
      boolean isUntold = step < task.steps().size() && task.steps().get(step) instanceof Step.Raw;
      require(isUntold, "tid " + task.tid + " is ready to make the call of step " + step);
      kernel.call(task, step);
      task.seen.removeLast();
    }
    require(kernel.end.isPresent(), "the run ends although tid %d is ready".formatted(task.tid));
  }

  /** The task that is to run does what was seen: it is interrupted, or it does its next thing. */
  private void run(ReferenceTask task) throws MismatchException {
    if (isInterrupt(task.tid)) {
      interrupt();
      task.isLatestCertain &= !task.seen.isEmpty() || task.stage == Stage.ASKS_FOR_MEMORY;
      kernel.ready.add(task);
    } else if (task.stage == Stage.ASKS_FOR_MEMORY) {
      // A program that is not known ends the run before the loader's call.
      kernel.load(task);
      if (kernel.end.isEmpty()) {
        expect(new Entry.Loading(task.tid));
      }
    } else {
      task.stage = Stage.IN_PROGRAM;
      int step = nextCall(task);
      expect(new Entry.Called(task.tid, step));
      task.nextStep = step + 1;
      kernel.call(task, step);
    }
  }

  private static int nextCall(ReferenceTask task) {
    List<Step> steps = task.steps();
    int step = task.nextStep;
    while (step < steps.size() && !(steps.get(step) instanceof Step.Call)) {
      step++;
    }
    return step;
  }

  private boolean isInterrupt(int tid) {
    return seen.order().get(at) instanceof Entry.Interrupted interrupted
        && interrupted.tid() == tid;
  }

  private void interrupt() throws MismatchException {
    Entry.Interrupted interrupted = (Entry.Interrupted) seen.order().get(at);
    var woken = kernel.interrupt(interrupted);
    expect(new Entry.Interrupted(interrupted.tid(), interrupted.served(), woken));
  }

  private void expect(Entry entry) throws MismatchException {
    require(seen.order().get(at).equals(entry), "expected " + entry);
    at++;
  }

  private void require(boolean holds, String what) throws MismatchException {
    if (!holds) {
      String instead =
          at < seen.order().size() ? seen.order().get(at).toString() : seen.end().toString();
      throw new MismatchException(
          "entry %d of the kernel: %s; seen: %s".formatted(at, what, instead));
    }
  }

  private void compareEnd() throws MismatchException {
    EndKind kind = seen.end().kind();
    boolean isAsExpected =
        kernel.end.isPresent() ? kernel.end.get() == kind : isEndWithoutReason(kind);
    if (!isAsExpected) {
      throw new MismatchException("expected end: %s; seen: %s".formatted(kernel.end, seen.end()));
    }
    String output = seen.output().getOrDefault(CONSOLE, "");
    boolean isSame =
        kind == EndKind.QUIT
            ? output.startsWith(kernel.printed.toString())
            : output.contentEquals(kernel.printed);
    if (!isSame) {
      throw new MismatchException(
          "expected output: %s; seen: %s".formatted(kernel.printed, output));
    }
  }

  /** Nothing can happen any more: who waits for another task waits for ever. */
  private boolean isEndWithoutReason(EndKind kind) {
    if (kind == EndKind.TIMEOUT) {
      return true;
    }
    boolean isStuck = false;
    for (ReferenceTask task : kernel.tasks) {
      isStuck |= task.state == State.SEND_BLOCKED || task.state == State.REPLY_BLOCKED;
      if (task.state == State.EVENT_BLOCKED) {
        // Whether those are excused whom it may serve is not for the reference to say.
        return kind == EndKind.FINISHED || kind == EndKind.DEADLOCK;
      }
    }
    return kind == (isStuck ? EndKind.DEADLOCK : EndKind.FINISHED);
  }

  private void compareTasks() throws MismatchException {
    if (seen.tasks().size() != kernel.tasks.size() - 1) {
      throw new MismatchException(
          "expected %d tasks; seen: %d".formatted(kernel.tasks.size() - 1, seen.tasks().size()));
    }
    for (TaskSeen task : seen.tasks()) {
      compare(kernel.tasks.get(task.tid()), task);
    }
  }

  private static void compare(ReferenceTask expected, TaskSeen task) throws MismatchException {
    EndState state = stateOf(expected);
    if (!task.state().equals(state)) {
      throw new MismatchException(
          "tid %d ends as %s; seen: %s".formatted(task.tid(), state, task.state()));
    }
    List<StepSeen> calls = new ArrayList<>();
    for (int index = 0; index < task.steps().size(); index++) {
      if (expected.steps().get(index) instanceof Step.Call) {
        calls.add(task.step(index));
      }
    }
    List<Seen> wanted = expected.seen;
    if (calls.size() != wanted.size()) {
      throw new MismatchException(
          "tid %d makes %d calls; seen: %d".formatted(task.tid(), wanted.size(), calls.size()));
    }
    for (int call = 0; call < calls.size(); call++) {
      boolean mayBePending = call == calls.size() - 1 && expected.state == State.COULD_RUN;
      String difference = difference(wanted.get(call), calls.get(call), mayBePending);
      if (!difference.isEmpty()) {
        throw new MismatchException(
            "tid %d, step %d, %s: %s"
                .formatted(
                    task.tid(),
                    wanted.get(call).step,
                    expected.steps().get(wanted.get(call).step),
                    difference));
      }
    }
  }

  /** What differs in a call; empty if nothing does. */
  private static String difference(Seen wanted, StepSeen call, boolean mayBePending) {
    boolean isSameResult =
        wanted.isUncertain
            || wanted.result.equals(call.result())
            || (mayBePending && call.result().isEmpty());
    if (!isSameResult) {
      return "expected result %s; seen: %s".formatted(wanted.result, call.result());
    }
    String received = wanted.received.toString();
    if (!received.isEmpty() && !received.equals(call.received())) {
      return "expected bytes '%s'; seen: '%s'".formatted(received, call.received());
    }
    return wanted.sender.equals(call.sender())
        ? ""
        : "expected sender %s; seen: %s".formatted(wanted.sender, call.sender());
  }

  private static EndState stateOf(ReferenceTask task) {
    return switch (task.state) {
      case COULD_RUN -> new EndState.CouldRun();
      case SEND_BLOCKED -> new EndState.SendBlocked(task.awaited);
      case RECEIVE_BLOCKED -> new EndState.ReceiveBlocked();
      case REPLY_BLOCKED -> new EndState.ReplyBlocked(task.awaited);
      case EVENT_BLOCKED -> new EndState.EventBlocked(task.awaited);
      case NEVER_STARTED -> new EndState.NeverStarted();
      case EXITED -> new EndState.Exited();
    };
  }
}
