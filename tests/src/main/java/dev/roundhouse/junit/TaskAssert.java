package dev.roundhouse.junit;

import dev.roundhouse.emulator.tasks.TaskStatus;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a task, with the kernel's own words for its states. */
public final class TaskAssert extends AbstractAssert<TaskAssert, TaskView> {
  TaskAssert(TaskView task) {
    super(task, TaskAssert.class);
  }

  /** It waits for a message. */
  public TaskAssert isReceiveBlocked() {
    return is("receive-blocked", TaskStatus.ReceiveBlocked.class::isInstance);
  }

  /** It sent a message that nobody has received yet. */
  public TaskAssert isSendBlocked() {
    return is("send-blocked", TaskStatus.SendBlocked.class::isInstance);
  }

  /** The same, to that task. */
  public TaskAssert isSendBlockedOn(TaskView receiver) {
    return is(
        "send-blocked on " + receiver,
        state -> state instanceof TaskStatus.SendBlocked blocked && blocked.on() == receiver.tid());
  }

  /** Its message was received, and it waits for the reply. */
  public TaskAssert isReplyBlocked() {
    return is("reply-blocked", TaskStatus.ReplyBlocked.class::isInstance);
  }

  /** The same, by that task. */
  public TaskAssert isReplyBlockedOn(TaskView receiver) {
    return is(
        "reply-blocked on " + receiver,
        state ->
            state instanceof TaskStatus.ReplyBlocked blocked && blocked.on() == receiver.tid());
  }

  /** It waits for an interrupt. */
  public TaskAssert isEventBlocked() {
    return is("event-blocked", TaskStatus.EventBlocked.class::isInstance);
  }

  /** It waits for this event, by its id. */
  public TaskAssert isEventBlockedOn(int event) {
    return is(
        "event-blocked on " + event,
        state -> state instanceof TaskStatus.EventBlocked blocked && blocked.event() == event);
  }

  /** It could run, or runs. */
  public TaskAssert isReady() {
    return is(
        "ready", state -> state instanceof TaskStatus.Ready || state instanceof TaskStatus.Active);
  }

  /** It is gone. */
  public TaskAssert hasExited() {
    return is("gone", TaskStatus.Exited.class::isInstance);
  }

  /** It lives and has this priority, 0 to 20. */
  public TaskAssert hasPriority(int level) {
    isNotNull();
    int present =
        actual
            .info()
            .orElseThrow(() -> failure("expected %s to live", actual))
            .priority()
            .orElseThrow(() -> failure("the priority of %s is not known", actual));
    if (present != level) {
      failWithMessage("expected %s to have priority %d, but it has %d", actual, level, present);
    }
    return this;
  }

  private TaskAssert is(String how, Predicate<TaskStatus> wished) {
    isNotNull();
    if (!wished.test(actual.status())) {
      failWithMessage("expected %s to be %s, but it is %s", actual, how, actual.describe());
    }
    return this;
  }
}
