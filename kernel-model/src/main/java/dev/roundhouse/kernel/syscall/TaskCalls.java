package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Semantics;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.Priority;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** create, exit, my_tid and my_parent_tid (kernel/src/syscall_handler.c, 9d49562). */
public final class TaskCalls {
  private static final long NO_PARENT = -1;
  private static final Outcome BAD_PRIORITY = new Outcome.Return(-1);
  private static final Outcome NO_MEMORY = new Outcome.Return(-2);
  private static final long SEND_FAILED = -2;

  private final TaskTable tasks;
  private final TaskSpawner spawner;
  private final Pointers pointers;
  private final Violations violations;
  private final int lowestPriority;
  private final Semantics semantics;

  /** The calls about the tasks of {@code tasks}. */
  public TaskCalls(
      TaskTable tasks,
      TaskSpawner spawner,
      Pointers pointers,
      Violations violations,
      AbiProfile profile) {
    this.tasks = tasks;
    this.spawner = spawner;
    this.pointers = pointers;
    this.violations = violations;
    this.lowestPriority = profile.limits().lowestPriority();
    this.semantics = profile.semantics();
  }

  /**
   * Makes a task (k_create_handler). -2 without memory for it. -1 for a bad priority, which
   * TrainsOS finds only after a tid and a stack are used up: that task stays and never runs.
   */
  public Outcome create(Task caller, Syscall.Create call) {
    boolean isGood = call.priority() >= 0 && call.priority() <= lowestPriority;
    if (!isGood && semantics.badPriority() == Semantics.BadPriority.MAKES_NOTHING) {
      reportBadPriority(caller, call, "no task is made");
      return BAD_PRIORITY;
    }
    Priority priority = new Priority(isGood ? call.priority() : lowestPriority);
    TaskState.Mailbox mailbox = spawner.nextMailbox();
    Optional<Task> made = spawner.spawn(caller.tid(), priority);
    if (made.isEmpty()) {
      return NO_MEMORY;
    }
    Task child = made.get();
    if (!isGood) {
      child.setState(new TaskState.NeverStarted(call.priority(), mailbox), child.stateNanos());
      reportBadPriority(caller, call, child.tid() + " never runs");
      return BAD_PRIORITY;
    }
    return giveArguments(caller, child, call);
  }

  private void reportBadPriority(Task caller, Syscall.Create call, String consequence) {
    violations.report(
        caller,
        Rule.BAD_PRIORITY,
        "%d is not in 0..%d; %s".formatted(call.priority(), lowestPriority, consequence));
  }

  /**
   * Ends the caller at once (k_exit_handler). Whoever waits for it will wait for ever, or go on
   * with -2 as the profile has it: first those whose message it received, by tid, then those who
   * queue at it, in their order.
   */
  public Outcome exit(Task caller) {
    List<Task> waiting =
        tasks.all().stream()
            .filter(task -> task.state().waitsFor().equals(Optional.of(caller.tid())))
            .toList();
    if (waiting.isEmpty()) {
      return Outcome.Exit.ALONE;
    }
    return switch (semantics.receiverExit()) {
      case STRANDS_SENDERS -> {
        String names = waiting.stream().map(Task::label).collect(Collectors.joining(", "));
        violations.report(caller, Rule.SENDERS_STRANDED, names + " will wait for ever");
        yield Outcome.Exit.ALONE;
      }
      case FAILS_SENDS -> new Outcome.Exit(released(caller, waiting), SEND_FAILED);
    };
  }

  private static List<Task> released(Task caller, List<Task> waiting) {
    List<Task> released = new ArrayList<>();
    for (Task task : waiting) {
      if (task.state() instanceof TaskState.ReplyBlocked) {
        released.add(task);
      }
    }
    while (!caller.senders().isEmpty()) {
      released.add(caller.senders().removeOldest());
    }
    return released;
  }

  /** The caller's tid. */
  public Outcome myTid(Task caller) {
    return new Outcome.Return(caller.tid().value());
  }

  /**
   * The parent's tid; -1 once the parent is gone; 0 for the boot tasks, whose parent's tid the
   * kernel reads through a NULL pointer.
   */
  public Outcome myParentTid(Task caller) {
    boolean lives = tasks.find(caller.parent().value()).isPresent();
    return new Outcome.Return(lives ? caller.parent().value() : NO_PARENT);
  }

  private Outcome giveArguments(Task caller, Task child, Syscall.Create call) {
    if (!pointers.areGood(call.arguments())) {
      return pointers.refuse(caller, "args", call.arguments());
    }
    long length = call.arguments().length();
    if (!spawner.hasRoomForArguments(length)) {
      String detail = Long.toUnsignedString(length) + " bytes would be copied over other memory";
      violations.report(caller, Rule.ARGUMENTS_TOO_LONG, detail);
      return new Outcome.End(
          new EndOfRun.KernelCrash(caller.tid(), Rule.ARGUMENTS_TOO_LONG, detail));
    }
    pointers.memory().copy(call.arguments(), spawner.reserveArguments(child, length), length);
    return new Outcome.Start(child);
  }
}
