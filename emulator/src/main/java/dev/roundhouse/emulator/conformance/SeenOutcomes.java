package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Observation.EndState;
import dev.roundhouse.emulator.conformance.script.Observation.StepSeen;
import dev.roundhouse.emulator.conformance.script.Observation.TaskSeen;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import dev.roundhouse.kernel.abi.CallOutcome;
import dev.roundhouse.kernel.abi.SyscallKind;
import dev.roundhouse.kernel.report.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which outcomes of system calls a run shows: found in what was seen, not claimed by the case. */
final class SeenOutcomes {
  private static final int TIMER = 97 << 16;
  private static final String UNTOUCHED = String.valueOf(Buffer.UNTOUCHED);

  private static final Map<SyscallKind, CallOutcome> BAD_POINTERS =
      Map.of(
          SyscallKind.CREATE, CallOutcome.CREATE_BAD_POINTER,
          SyscallKind.SEND, CallOutcome.SEND_BAD_POINTER,
          SyscallKind.RECEIVE, CallOutcome.RECEIVE_BAD_POINTER,
          SyscallKind.REPLY, CallOutcome.REPLY_BAD_POINTER,
          SyscallKind.MAP_MEMORY, CallOutcome.MAP_BAD_POINTER,
          SyscallKind.SYSTEM_HEALTH, CallOutcome.HEALTH_BAD_POINTER,
          SyscallKind.ENCODER_GET, CallOutcome.COUNTERS_BAD_POINTER,
          SyscallKind.PRINT_RAW, CallOutcome.PRINT_BAD_POINTER);

  private final ScriptedSystem system;
  private final Observation seen;
  private final Set<CallOutcome> found = EnumSet.noneOf(CallOutcome.class);

  private SeenOutcomes(ScriptedSystem system, Observation seen) {
    this.system = system;
    this.seen = seen;
  }

  /** The outcomes that this run of a system shows. */
  static Set<CallOutcome> of(ScriptedSystem system, Observation seen) {
    SeenOutcomes outcomes = new SeenOutcomes(system, seen);
    seen.tasks().forEach(outcomes::addTask);
    outcomes.addEnd();
    return outcomes.found;
  }

  private void addTask(TaskSeen task) {
    Optional<Script> script = system.program(task.program());
    if (script.isEmpty()) {
      return;
    }
    if (task.state() instanceof EndState.Exited) {
      found.add(CallOutcome.EXIT_GONE);
    }
    List<Step> steps = script.get().steps();
    for (int index = 0; index < task.steps().size(); index++) {
      StepSeen step = task.step(index);
      if (step.result().isPresent()) {
        returned(task, steps.get(index), step);
      } else if (index == task.steps().size() - 1) {
        waits(steps.get(index), task.state());
      }
    }
  }

  private void returned(TaskSeen task, Step step, StepSeen seenStep) {
    long result = seenStep.result().orElseThrow();
    boolean isUntouched =
        seenStep.received().equals(UNTOUCHED.repeat(seenStep.received().length()));
    outcome(task, step, result, seenStep.received(), isUntouched).ifPresent(found::add);
  }

  private Optional<CallOutcome> outcome(
      TaskSeen task, Step step, long result, String received, boolean isUntouched) {
    return switch (step) {
      case Step.Yield _ -> Optional.of(CallOutcome.YIELD_KEEPS);
      case Step.MyTid _ -> Optional.of(CallOutcome.MY_TID);
      case Step.Create _ -> Optional.of(created(result));
      case Step.MyParentTid _ -> Optional.of(parent(result));
      case Step.Send send -> Optional.of(sent(task, send, result, isUntouched));
      case Step.Receive(_, Buffer buffer) ->
          Optional.of(
              isLonger(result, bufferBytes(buffer))
                  ? CallOutcome.RECEIVE_CUT
                  : CallOutcome.RECEIVE_LENGTH);
      case Step.Reply(_, Message message) -> Optional.of(replied(message, result));
      case Step.AwaitEvent(int event) -> Optional.of(awoken(event, result));
      case Step.MapMemory _ ->
          Optional.of(
              received.chars().allMatch(c -> c == 0) ? CallOutcome.MAP_NONE : CallOutcome.MAP_PAGE);
      case Step.SystemHealth _ -> Optional.of(CallOutcome.HEALTH_SHARE);
      case Step.EncoderInit _ ->
          Optional.of(result < 0 ? CallOutcome.ENCODER_NONE : CallOutcome.ENCODER_ID);
      case Step.EncoderGet _ ->
          Optional.of(isUntouched ? CallOutcome.COUNTERS_NONE : CallOutcome.COUNTERS);
      case Step.Print(Message message) -> Optional.of(printed(message));
      default -> Optional.empty();
    };
  }

  private static CallOutcome created(long result) {
    if (result == -1) {
      return CallOutcome.CREATE_BAD_PRIORITY;
    }
    return result == -2 ? CallOutcome.CREATE_NO_MEMORY : CallOutcome.CREATE_TID;
  }

  private static CallOutcome parent(long result) {
    if (result == -1) {
      return CallOutcome.PARENT_GONE;
    }
    return result == 0 ? CallOutcome.PARENT_NONE : CallOutcome.PARENT_LIVES;
  }

  private static CallOutcome sent(TaskSeen task, Step.Send send, long result, boolean isUntouched) {
    if (result == -1 && isUntouched) {
      return CallOutcome.SEND_NO_TASK;
    }
    if (result == -2 && isUntouched) {
      return send.to() instanceof TaskRef.Literal(int to) && to == task.tid()
          ? CallOutcome.SEND_TO_SELF
          : CallOutcome.SEND_FAILED;
    }
    return isLonger(result, bufferBytes(send.reply()))
        ? CallOutcome.SEND_REPLY_CUT
        : CallOutcome.SEND_REPLIED;
  }

  private static CallOutcome replied(Message message, long result) {
    if (result == -1) {
      return CallOutcome.REPLY_NO_TASK;
    }
    if (result == -2) {
      return CallOutcome.REPLY_NOT_BLOCKED;
    }
    return isLonger(messageBytes(message), result)
        ? CallOutcome.REPLY_CUT
        : CallOutcome.REPLY_COPIED;
  }

  private static CallOutcome awoken(int event, long result) {
    if (result == -1) {
      return CallOutcome.EVENT_INVALID;
    }
    return event == TIMER ? CallOutcome.EVENT_TIMER : CallOutcome.EVENT_UART;
  }

  private static CallOutcome printed(Message message) {
    if (message instanceof Message.At(long address, _) && address == 0) {
      return CallOutcome.PRINT_NULL;
    }
    return (int) messageBytes(message) > 0 ? CallOutcome.PRINT_BYTES : CallOutcome.PRINT_NOTHING;
  }

  private void waits(Step step, EndState state) {
    switch (state) {
      case EndState.SendBlocked _ -> found.add(CallOutcome.SEND_NEVER_RECEIVED);
      case EndState.ReplyBlocked _ -> found.add(CallOutcome.SEND_NEVER_REPLIED);
      case EndState.ReceiveBlocked _ -> found.add(CallOutcome.RECEIVE_WAITS);
      case EndState.EventBlocked _ -> found.add(CallOutcome.EVENT_NEVER);
      case EndState.CouldRun() -> stuck(step);
      case EndState.NeverStarted _, EndState.Lost _, EndState.Exited _ -> {
        // Says nothing about this call.
      }
    }
  }

  private void stuck(Step step) {
    if (isReported(Rule.CONSOLE_STUCK)) {
      found.add(step instanceof Step.Quit ? CallOutcome.QUIT_STUCK : CallOutcome.PRINT_STUCK);
    }
  }

  private void addEnd() {
    boolean isCrash = seen.end().kind() == EndKind.KERNEL_CRASH;
    if (seen.end().kind() == EndKind.QUIT) {
      found.add(CallOutcome.QUIT_RESET);
    }
    if (seen.end().kind() == EndKind.BAD_POINTER) {
      BAD_POINTERS.forEach((kind, outcome) -> {
        if (seen.end().text().contains(" of " + kind.callName() + ",")) {
          found.add(outcome);
        }
      });
    }
    addIf(isCrash && isReported(Rule.ARGUMENTS_TOO_LONG), CallOutcome.CREATE_TOO_LONG);
    addIf(isCrash && isReported(Rule.SENDER_QUEUE_FULL), CallOutcome.SEND_QUEUE_FULL);
    addIf(isCrash && isReported(Rule.BAD_PRIORITY), CallOutcome.SEND_NO_QUEUE);
    addIf(isCrash && isReported(Rule.BAD_PIN), CallOutcome.ENCODER_BAD_PIN);
    addIf(isReported(Rule.SENDERS_STRANDED), CallOutcome.EXIT_STRANDS);
    addIf(found.contains(CallOutcome.SEND_FAILED), CallOutcome.EXIT_RELEASES);
  }

  private void addIf(boolean condition, CallOutcome outcome) {
    if (condition) {
      found.add(outcome);
    }
  }

  private boolean isReported(Rule rule) {
    return seen.reports().stream().anyMatch(report -> report.rule() == rule);
  }

  private static boolean isLonger(long length, long buffer) {
    return Long.compareUnsigned(length, buffer) > 0;
  }

  private static long bufferBytes(Buffer buffer) {
    return switch (buffer) {
      case Buffer.Own(int length) -> length;
      case Buffer.At(_, long length) -> length;
    };
  }

  private static long messageBytes(Message message) {
    return switch (message) {
      case Message.Text(String bytes) -> bytes.length();
      case Message.At(_, long length) -> length;
    };
  }
}
