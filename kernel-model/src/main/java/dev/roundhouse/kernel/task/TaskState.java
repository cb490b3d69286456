package dev.roundhouse.kernel.task;

import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.UserBuffer;
import java.util.Optional;

/** What a task does or waits for, with all that belongs to it. */
public sealed interface TaskState {
  /** Could run and stands in the ready queue. */
  record Ready() implements TaskState {
    /** The one value. */
    public static final Ready INSTANCE = new Ready();
  }

  /** Is the one that runs. */
  record Active() implements TaskState {
    /** The one value. */
    public static final Active INSTANCE = new Active();
  }

  /** Sent to a task that has not received the message yet. */
  record SendBlocked(Tid to, UserBuffer message, UserBuffer reply) implements TaskState {}

  /** Waits for a message; the sender's tid goes to {@code tidAddress}. */
  record ReceiveBlocked(long tidAddress, UserBuffer buffer) implements TaskState {}

  /** Its message was received by a task, of which it awaits the reply. */
  record ReplyBlocked(Tid by, UserBuffer reply) implements TaskState {}

  /** Waits for an interrupt. */
  record EventBlocked(EventId event) implements TaskState {}

  /**
   * Was made with a priority that does not exist: has a tid and a stack but never runs.
   *
   * @param mailbox where senders would queue: nobody set it up (kernel/src/syscall_handler.c,
   *     k_create_handler, 9d49562)
   */
  record NeverStarted(int priority, Mailbox mailbox) implements TaskState {}

  /** What a task that never started has of a mailbox. */
  enum Mailbox {
    /** Zeros, in which no sender fits: a send crashes the kernel. */
    NONE,
    /** That of the exited task whose descriptor it got: senders queue there. */
    LEFT_OVER
  }

  /** Was to become ready when the ready queue was full: never runs again. */
  record Lost() implements TaskState {
    /** The one value. */
    public static final Lost INSTANCE = new Lost();
  }

  /** Is gone. */
  record Exited() implements TaskState {
    /** The one value. */
    public static final Exited INSTANCE = new Exited();
  }

  /** The task that must act before this one goes on, if it is one that it waits for. */
  default Optional<Tid> waitsFor() {
    return switch (this) {
      case SendBlocked blocked -> Optional.of(blocked.to);
      case ReplyBlocked blocked -> Optional.of(blocked.by);
      case Ready _, Active _, ReceiveBlocked _, EventBlocked _, NeverStarted _, Lost _, Exited _ ->
          Optional.empty();
    };
  }
}
