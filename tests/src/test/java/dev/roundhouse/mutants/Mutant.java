package dev.roundhouse.mutants;

/**
 * A kernel model that is wrong on purpose: one place of its source is replaced. docs/conformance.md
 * lists them.
 */
enum Mutant {
  CHILD_BEHIND_PARENT(
      "Kernel",
      "scheduler.makeReady(child);\n" + "        scheduler.makeReady(caller, child.tid().value());",
      "scheduler.makeReady(caller, child.tid().value());\n" + "        scheduler.makeReady(child);",
      "create/a-child-of-equal-priority-runs-before-its-parent-goes-on"),
  REPLIER_BEFORE_SENDER(
      "Kernel",
      "scheduler.makeReady(both.woken(), both.result());\n"
          + "        scheduler.makeReady(caller, both.value());",
      "scheduler.makeReady(caller, both.value());\n"
          + "        scheduler.makeReady(both.woken(), both.result());",
      "priority/a-replied-sender-of-equal-priority-runs-before-the-replier"),
  LOWEST_PRIORITY_FIRST(
      "task/ReadyQueue",
      "Long.numberOfTrailingZeros(occupied)",
      "(Long.SIZE - 1 - Long.numberOfLeadingZeros(occupied))",
      "priority/the-highest-runs-first"),
  LAST_SENDER_FIRST(
      "task/SenderQueue",
      "senders.removeFirst()",
      "senders.removeLast()",
      "many/first-in-first-out-whatever-the-priority"),
  SEND_GIVES_BYTES_COPIED(
      "syscall/IpcCalls",
      "new Outcome.WakeAndReturn(sender, call.message().length(), copied)",
      "new Outcome.WakeAndReturn(sender, copied, copied)",
      "truncate/reply"),
  RECV_GIVES_BYTES_COPIED(
      "syscall/IpcCalls",
      "new Outcome.Accept(sender, state, sent.message().length())",
      "new Outcome.Accept(sender, state, delivery.copied())",
      "truncate/message-of-a-queued-sender"),
  REPLY_TO_READY_TASK_GIVES_MINUS_1(
      "syscall/IpcCalls",
      "Outcome NOT_REPLY_BLOCKED = new Outcome.Return(-2)",
      "Outcome NOT_REPLY_BLOCKED = new Outcome.Return(-1)",
      "error/reply-to-a-ready-task"),
  EXIT_RELEASES_SENDERS(
      "syscall/TaskCalls",
      "return switch (semantics.receiverExit()) {",
      "return switch (Semantics.ReceiverExit.FAILS_SENDS) {",
      "stranded/a-queued-sender"),
  EVENT_WAKES_ONE_WAITER(
      "syscall/EventCalls",
      "taken.add(waiter.task);",
      "taken.add(waiter.task); break;",
      "event/all-waiters-wake-in-the-order-in-which-they-began"),
  PARENT_OUTLIVES_ITSELF(
      "syscall/TaskCalls",
      "new Outcome.Return(lives ? caller.parent().value() : NO_PARENT)",
      "new Outcome.Return(lives ? caller.parent().value() : caller.parent().value())",
      "tid/a-parent-that-is-gone-is-minus-1"),
  YIELD_GIVES_0(
      "SyscallHandlers",
      "case Syscall.Yield() -> Outcome.KeepResult.INSTANCE;",
      "case Syscall.Yield() -> new Outcome.Return(0);",
      "yield/gives-the-result-of-the-call-before"),
  ONE_SENDER_MORE_FITS(
      "syscall/IpcCalls",
      "receiver.senders().size() >= queuedSenders",
      "receiver.senders().size() > queuedSenders",
      "many/the-65th-sender"),
  ONE_READY_TASK_MORE_FITS(
      "KernelWiring",
      "new ReadyQueue(limits.readyTasks())",
      "new ReadyQueue(limits.readyTasks() + 1)",
      "priority/the-201st-ready-task-is-lost"),
  DESCRIPTORS_ARE_CLEARED(
      "memory/DescriptorSlab",
      "leftOver++;",
      "leftOver = 0;",
      "create/a-left-over-descriptor-queues-senders-to-a-bad-priority"),
  MESSAGE_IS_NOT_CUT(
      "syscall/IpcCalls",
      "return UserBuffer.shorter(message.length(), target.buffer().length());",
      "return message.length();",
      "truncate/message");

  private final String file;
  private final String right;
  private final String wrong;
  private final String caughtBy;

  Mutant(String file, String right, String wrong, String caughtBy) {
    this.file = file;
    this.right = right;
    this.wrong = wrong;
    this.caughtBy = caughtBy;
  }

  /** The class that is changed, below {@code dev/roundhouse/kernel}. */
  String file() {
    return file;
  }

  /** The case that must fail. */
  String caughtBy() {
    return caughtBy;
  }

  /** The wrong source. */
  String applyTo(String source) {
    int at = source.indexOf(right);
    if (at < 0 || source.indexOf(right, at + 1) >= 0) {
      throw new IllegalStateException(
          "%s: the place to change is not there exactly once in %s".formatted(this, file));
    }
    return source.substring(0, at) + wrong + source.substring(at + right.length());
  }
}
