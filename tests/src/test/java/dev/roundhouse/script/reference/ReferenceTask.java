package dev.roundhouse.script.reference;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A task of the reference: everything about it that the rules speak of. */
final class ReferenceTask {
  /** What it does. */
  enum State {
    COULD_RUN,
    SEND_BLOCKED,
    RECEIVE_BLOCKED,
    REPLY_BLOCKED,
    EVENT_BLOCKED,
    NEVER_STARTED,
    EXITED
  }

  /** How far it is with its start. */
  enum Stage {
    ASKS_FOR_MEMORY,
    ENTERS_PROGRAM,
    IN_PROGRAM
  }

  /** What a call gave and what was received by it. */
  static final class Seen {
    final int step;
    OptionalLong result = OptionalLong.empty();
    OptionalLong sender = OptionalLong.empty();
    StringBuilder received;

    /** Whether the bytes or the result are none that the reference foretells. */
    boolean isUncertain;

    Seen(int step, Buffer buffer) {
      this.step = step;
      int length = buffer instanceof Buffer.Own(int bytes) ? bytes : 0;
      this.received = new StringBuilder(String.valueOf(Buffer.UNTOUCHED).repeat(length));
    }
  }

  final int tid;
  final int parent;
  final int priority;
  final String arguments;
  final List<ReferenceTask> senders = new ArrayList<>();
  final List<Seen> seen = new ArrayList<>();
  State state = State.COULD_RUN;
  Stage stage = Stage.ASKS_FOR_MEMORY;
  @Nullable Script script;
  int nextStep;

  /** Whether senders can queue. */
  boolean hasMailbox = true;

  /** Who it waits for, or the event. */
  int awaited;

  /** What its latest call gave: yield gives it again. */
  long latestResult;

  /** Whether that is certain: an interrupt before the first call leaves something else there. */
  boolean isLatestCertain = true;

  ReferenceTask(int tid, int parent, int priority, String arguments) {
    this.tid = tid;
    this.parent = parent;
    this.priority = priority;
    this.arguments = arguments;
  }

  /** The call that it is in or has made last. */
  Seen latest() {
    return seen.getLast();
  }

  /** The step of that call. */
  Step latestStep() {
    return steps().get(latest().step);
  }

  List<Step> steps() {
    return script == null ? List.of() : script.steps();
  }

  /** Its call comes back. */
  void returns(long result) {
    state = State.COULD_RUN;
    latestResult = result;
    isLatestCertain = true;
    latest().result = OptionalLong.of(result);
  }

  /** The number that a script means at the step that the task is at. */
  int resolve(TaskRef task) {
    return switch (task) {
      case TaskRef.Literal(int number) -> number;
      case TaskRef.Child(int index) -> (int) nthResult(Step.Create.class, index);
      case TaskRef.Self _ -> (int) latestResultOf(Step.MyTid.class);
      case TaskRef.Parent _ -> (int) latestResultOf(Step.MyParentTid.class);
      case TaskRef.LatestSender _ -> latestSender();
    };
  }

  private long nthResult(Class<? extends Step> kind, int index) {
    List<Seen> of = seen.stream().filter(each -> isOf(each, kind)).toList();
    return index < of.size() ? of.get(index).result.orElse(-1) : -1;
  }

  private long latestResultOf(Class<? extends Step> kind) {
    return seen.stream()
        .filter(each -> isOf(each, kind))
        .reduce((before, after) -> after)
        .map(each -> each.result.orElse(-1))
        .orElse(-1L);
  }

  private int latestSender() {
    return seen.stream()
        .filter(each -> isOf(each, Step.Receive.class))
        .reduce((before, after) -> after)
        .map(each -> (int) each.sender.orElse(-1))
        .orElse(-1);
  }

  private boolean isOf(Seen each, Class<? extends Step> kind) {
    return each.step < steps().size() && kind.isInstance(steps().get(each.step));
  }
}
