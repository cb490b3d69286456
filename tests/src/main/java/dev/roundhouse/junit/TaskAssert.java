package dev.roundhouse.junit;

import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a task, with the kernel's own words for its states. */
public final class TaskAssert extends AbstractAssert<TaskAssert, TaskView> {
  TaskAssert(TaskView task) {
    super(task, TaskAssert.class);
  }

  /** It waits for a message. */
  public TaskAssert isReceiveBlocked() {
    return is("receive-blocked", TaskState.ReceiveBlocked.class::isInstance);
  }

  /** It sent a message that nobody has received yet. */
  public TaskAssert isSendBlocked() {
    return is("send-blocked", TaskState.SendBlocked.class::isInstance);
  }

  /** The same, to that task. */
  public TaskAssert isSendBlockedOn(TaskView receiver) {
    return is(
        "send-blocked on " + receiver,
        state -> state instanceof TaskState.SendBlocked blocked && isIt(receiver, blocked.to()));
  }

  /** Its message was received, and it waits for the reply. */
  public TaskAssert isReplyBlocked() {
    return is("reply-blocked", TaskState.ReplyBlocked.class::isInstance);
  }

  /** The same, by that task. */
  public TaskAssert isReplyBlockedOn(TaskView receiver) {
    return is(
        "reply-blocked on " + receiver,
        state -> state instanceof TaskState.ReplyBlocked blocked && isIt(receiver, blocked.by()));
  }

  /** It waits for an interrupt. */
  public TaskAssert isEventBlocked() {
    return is("event-blocked", TaskState.EventBlocked.class::isInstance);
  }

  /** It waits for this event, by its id. */
  public TaskAssert isEventBlockedOn(int event) {
    return is(
        "event-blocked on " + event,
        state ->
            state instanceof TaskState.EventBlocked blocked && blocked.event().value() == event);
  }

  /** It could run, or runs. */
  public TaskAssert isReady() {
    return is(
        "ready", state -> state instanceof TaskState.Ready || state instanceof TaskState.Active);
  }

  /** It is gone. */
  public TaskAssert hasExited() {
    return is("gone", TaskState.Exited.class::isInstance);
  }

  /** It lives and has this priority, 0 to 20. */
  public TaskAssert hasPriority(int level) {
    isNotNull();
    int present =
        actual.task().orElseThrow(() -> failure("expected %s to live", actual)).priority().level();
    if (present != level) {
      failWithMessage("expected %s to have priority %d, but it has %d", actual, level, present);
    }
    return this;
  }

  private static boolean isIt(TaskView task, Tid tid) {
    return task.tid() == tid.value();
  }

  private TaskAssert is(String how, Predicate<TaskState> wished) {
    isNotNull();
    if (!wished.test(actual.state())) {
      failWithMessage("expected %s to be %s, but it is %s", actual, how, actual.describe());
    }
    return this;
  }
}
