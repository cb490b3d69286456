package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.InterruptIds;
import dev.roundhouse.kernel.abi.Semantics.UnknownEvent;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * await_event, and who waits for events (kernel/src/syscall_handler.c, k_await_event_handler;
 * kernel/src/interrupt.c, k_intr_wakeup_tasks, 9d49562).
 */
public final class EventCalls {
  private static final Outcome INVALID_EVENT = new Outcome.Return(-1);

  private final InterruptIds interrupts;
  private final UnknownEvent unknownEvent;
  private final Violations violations;

  /** Those who wait, in the order in which they began to. */
  private final List<Waiter> waiters = new ArrayList<>();

  /** The events whose latest interrupt found nobody that waited. */
  private final Set<EventId> unheard = new LinkedHashSet<>();

  /** A task that waits for an event. */
  public record Waiter(Task task, EventId event) {}

  /** The call for the events of a kernel. */
  public EventCalls(AbiProfile profile, Violations violations) {
    this.interrupts = profile.interrupts();
    this.unknownEvent = profile.semantics().unknownEvent();
    this.violations = violations;
  }

  /**
   * Blocks until the interrupt. A task that waits for an event that does not exist never wakes, or
   * gets -1, as the profile has it. Arming the interrupt is the program's business.
   */
  public Outcome awaitEvent(Task caller, Syscall.AwaitEvent call) {
    EventId event = call.event();
    if (!interrupts.knows(event)) {
      violations.report(caller, Rule.UNKNOWN_EVENT, event + " never wakes anyone");
    }
    if (unknownEvent == UnknownEvent.FAILS && !interrupts.wakes(event)) {
      return INVALID_EVENT;
    }
    Optional<Waiter> other =
        waiters.stream().filter(waiter -> waiter.event.equals(event)).findFirst();
    other.ifPresent(first ->
        violations.report(
            caller, Rule.SECOND_WAITER, "%s waits for %s".formatted(first.task, event)));
    waiters.add(new Waiter(caller, event));
    return new Outcome.Block(new TaskState.EventBlocked(event));
  }

  /** Takes all tasks that wait for {@code event}, in the order in which they began to wait. */
  public List<Task> takeWaiters(EventId event) {
    List<Task> taken = new ArrayList<>();
    for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
      Waiter waiter = each.next();
      if (waiter.event.equals(event)) {
        each.remove();
        taken.add(waiter.task);
      }
    }
    if (taken.isEmpty()) {
      unheard.add(event);
    } else {
      unheard.remove(event);
    }
    return taken;
  }

  /** Whether the latest interrupt of an event found nobody that waited for it. */
  public boolean wasUnheard(EventId event) {
    return unheard.contains(event);
  }

  /** Those who wait, in the order in which they began to. */
  public List<Waiter> waiters() {
    return Collections.unmodifiableList(waiters);
  }
}
