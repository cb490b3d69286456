package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Semantics.SelfSend;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.TaskTable;
import java.util.Optional;

/**
 * send, recv and reply (kernel/src/syscall_handler.c, k_send_handler, k_recv_handler and
 * k_reply_handler; kernel/include/mailbox.h, 9d49562).
 */
public final class IpcCalls {
  private static final Outcome NO_SUCH_TASK = new Outcome.Return(-1);
  private static final Outcome NOT_REPLY_BLOCKED = new Outcome.Return(-2);
  private static final Outcome CANNOT_COMPLETE = new Outcome.Return(-2);

  private final TaskTable tasks;
  private final Pointers pointers;
  private final Violations violations;
  private final int queuedSenders;
  private final SelfSend selfSend;
  private final ForeignWrites writes;

  /** The calls between the tasks of {@code tasks}. */
  public IpcCalls(TaskTable tasks, Pointers pointers, Violations violations, AbiProfile profile) {
    this.tasks = tasks;
    this.pointers = pointers;
    this.violations = violations;
    this.queuedSenders = profile.limits().queuedSenders();
    this.writes = new ForeignWrites(tasks, violations);
    this.selfSend = profile.semantics().selfSend();
  }

  /**
   * Sends: the message is copied at once to a receiver that waits, who becomes ready; else the
   * caller queues at the receiver. Either way it blocks. -1 for a tid without a task; -2 for the
   * caller's own, where the profile has it so.
   */
  public Outcome send(Task caller, Syscall.Send call) {
    Optional<Task> found = tasks.find(call.to());
    if (found.isEmpty()) {
      return noSuchTask(caller, call.to());
    }
    Task receiver = found.get();
    caller.noteSentTo(receiver.tid());
    if (receiver.state() instanceof TaskState.ReceiveBlocked waiting) {
      Delivery delivery = new Delivery(caller, call.message(), receiver, waiting);
      TaskState state = new TaskState.ReplyBlocked(receiver.tid(), call.reply());
      return delivery.isPossible()
          ? deliver(delivery, new Outcome.BlockAndWake(state, receiver, call.message().length()))
          : refuse(delivery);
    }
    return queue(caller, receiver, call);
  }

  /**
   * Takes the message of the oldest queued sender, who becomes reply-blocked, and gives the length
   * that was sent; blocks if there is none.
   */
  public Outcome receive(Task caller, Syscall.Receive call) {
    TaskState.ReceiveBlocked wanted =
        new TaskState.ReceiveBlocked(call.tidAddress(), call.buffer());
    if (caller.senders().isEmpty()) {
      return new Outcome.Block(wanted);
    }
    Task sender = caller.senders().removeOldest();
    if (!(sender.state() instanceof TaskState.SendBlocked sent)) {
      throw new IllegalStateException(sender + " is queued but not send-blocked");
    }
    Delivery delivery = new Delivery(sender, sent.message(), caller, wanted);
    TaskState.ReplyBlocked state = new TaskState.ReplyBlocked(caller.tid(), sent.reply());
    return delivery.isPossible()
        ? deliver(delivery, new Outcome.Accept(sender, state, sent.message().length()))
        : refuse(delivery);
  }

  /**
   * Replies: the bytes that fit are copied, the sender becomes ready with the reply's length as
   * result, the caller goes on with the number of bytes copied. -1 for a tid without a task, -2 for
   * a task that is not reply-blocked. The replier need not be the one who received.
   */
  public Outcome reply(Task caller, Syscall.Reply call) {
    Optional<Task> found = tasks.find(call.to());
    if (found.isEmpty()) {
      return noSuchTask(caller, call.to());
    }
    Task sender = found.get();
    if (!(sender.state() instanceof TaskState.ReplyBlocked waiting)) {
      return NOT_REPLY_BLOCKED;
    }
    long copied = UserBuffer.shorter(call.message().length(), waiting.reply().length());
    if (!pointers.areGood(call.message().first(copied))) {
      return pointers.refuse(caller, "reply", call.message().first(copied));
    }
    if (!pointers.areGood(waiting.reply().first(copied))) {
      return pointers.refuse(sender, "reply", waiting.reply().first(copied));
    }
    pointers.memory().copy(call.message(), waiting.reply(), copied);
    writes.copied(sender, waiting.reply().address(), copied);
    reportReply(caller, sender, waiting, call.message().length());
    return new Outcome.WakeAndReturn(sender, call.message().length(), copied);
  }

  private Outcome queue(Task caller, Task receiver, Syscall.Send call) {
    if (receiver == caller) {
      return sendToSelf(caller, call);
    }
    return enqueue(caller, receiver, call);
  }

  private Outcome sendToSelf(Task caller, Syscall.Send call) {
    boolean blocks = selfSend == SelfSend.BLOCKS;
    violations.report(
        caller, Rule.SEND_TO_SELF, blocks ? "it will wait for ever" : "nobody could receive it");
    return blocks ? enqueue(caller, caller, call) : CANNOT_COMPLETE;
  }

  private Outcome enqueue(Task caller, Task receiver, Syscall.Send call) {
    if (receiver.state() instanceof TaskState.NeverStarted(_, TaskState.Mailbox mailbox)
        && mailbox == TaskState.Mailbox.NONE) {
      String detail = receiver.tid() + " was made with one and has no queue of senders";
      violations.report(caller, Rule.BAD_PRIORITY, detail);
      return new Outcome.End(new EndOfRun.KernelCrash(caller.tid(), Rule.BAD_PRIORITY, detail));
    }
    if (receiver.senders().size() >= queuedSenders) {
      String detail = "%d senders wait for %s already".formatted(queuedSenders, receiver.label());
      violations.report(caller, Rule.SENDER_QUEUE_FULL, detail);
      return new Outcome.End(
          new EndOfRun.KernelCrash(caller.tid(), Rule.SENDER_QUEUE_FULL, detail));
    }
    receiver.senders().add(caller);
    return new Outcome.Block(
        new TaskState.SendBlocked(receiver.tid(), call.message(), call.reply()));
  }

  private Outcome deliver(Delivery delivery, Outcome outcome) {
    long copied = delivery.copied();
    pointers.memory().copy(delivery.message, delivery.target.buffer(), copied);
    writes.copied(delivery.receiver, delivery.target.buffer().address(), copied);
    pointers.memory().memory().putInt(delivery.target.tidAddress(), delivery.sender.tid().value());
    writes.copied(delivery.receiver, delivery.target.tidAddress(), Integer.BYTES);
    delivery.receiver.noteReceived();
    if (copied != delivery.message.length()) {
      violations.report(
          delivery.receiver,
          Rule.MESSAGE_CUT_SHORT,
          "%s sent %s bytes, there is room for %s"
              .formatted(
                  delivery.sender.label(),
                  Long.toUnsignedString(delivery.message.length()),
                  Long.toUnsignedString(copied)));
    }
    return outcome;
  }

  private Outcome refuse(Delivery delivery) {
    long copied = delivery.copied();
    if (!pointers.areGood(delivery.message.first(copied))) {
      return pointers.refuse(delivery.sender, "msg", delivery.message.first(copied));
    }
    if (!pointers.areGood(delivery.target.buffer().first(copied))) {
      return pointers.refuse(delivery.receiver, "msg", delivery.target.buffer().first(copied));
    }
    return pointers.refuse(delivery.receiver, "tid", delivery.tidBytes());
  }

  private Outcome noSuchTask(Task caller, int tid) {
    if (tasks.hasVanished(tid)) {
      violations.report(caller, Rule.TASK_HAS_VANISHED, "tid %d has exited".formatted(tid));
    } else {
      violations.report(
          caller, Rule.TASK_NEVER_WAS, "no task was ever given tid %d".formatted(tid));
    }
    return NO_SUCH_TASK;
  }

  private void reportReply(
      Task caller, Task sender, TaskState.ReplyBlocked waiting, long replyLength) {
    if (!waiting.by().equals(caller.tid())) {
      violations.report(
          caller,
          Rule.REPLY_BY_ANOTHER,
          "%s received the message of %s".formatted(waiting.by(), sender.label()));
    }
    if (Long.compareUnsigned(replyLength, waiting.reply().length()) > 0) {
      violations.report(
          caller,
          Rule.MESSAGE_CUT_SHORT,
          "the reply has %s bytes, %s has room for %s"
              .formatted(
                  Long.toUnsignedString(replyLength),
                  sender.label(),
                  Long.toUnsignedString(waiting.reply().length())));
    }
  }

  /** A message on its way: the bytes that fit, then the sender's tid as an {@code int}. */
  private final class Delivery {
    private final Task sender;
    private final UserBuffer message;
    private final Task receiver;
    private final TaskState.ReceiveBlocked target;

    Delivery(Task sender, UserBuffer message, Task receiver, TaskState.ReceiveBlocked target) {
      this.sender = sender;
      this.message = message;
      this.receiver = receiver;
      this.target = target;
    }

    long copied() {
      return UserBuffer.shorter(message.length(), target.buffer().length());
    }

    UserBuffer tidBytes() {
      return new UserBuffer(target.tidAddress(), Integer.BYTES);
    }

    boolean isPossible() {
      long copied = copied();
      return pointers.areGood(message.first(copied))
          && pointers.areGood(target.buffer().first(copied))
          && pointers.areGood(tidBytes());
    }
  }
}
