package dev.roundhouse.kernel.abi;

/**
 * Where kernels of this family answer a system call differently. Each is data of a profile: a
 * handler asks here what to do, and for nothing else which kernel it plays.
 *
 * <p>The first constant of each is TrainsOS (kernel/src/syscall_handler.c, 9d49562), the second the
 * course's specification (University of Waterloo, CS 452/652, Kernel Description, Winter 2022).
 *
 * @param receiverExit what becomes of the senders of a task that exits
 * @param selfSend what a send to oneself does
 * @param unknownEvent what await_event does with an id for which no task is ever woken
 * @param badPriority what create does with a priority that does not exist
 */
public record Semantics(
    ReceiverExit receiverExit,
    SelfSend selfSend,
    UnknownEvent unknownEvent,
    BadPriority badPriority) {
  /** What becomes of the senders of a task that exits. */
  public enum ReceiverExit {
    /** They stay blocked for ever (k_exit_handler does not look at them). */
    STRANDS_SENDERS,
    /** Their send gives -2: "send-receive-reply transaction could not be completed" (Send). */
    FAILS_SENDS
  }

  /** What a send to oneself does. */
  public enum SelfSend {
    /** The task queues at itself and waits for ever (k_send_handler). */
    BLOCKS,
    /** It gives -2: such a transaction cannot be completed (Send). */
    FAILS
  }

  /** What await_event does with an id for which no task is ever woken. */
  public enum UnknownEvent {
    /** The caller waits for ever (k_await_event_handler does not look at the id). */
    BLOCKS,
    /** It gives -1: "invalid event" (AwaitEvent). */
    FAILS
  }

  /** What create does with a priority that does not exist; it gives -1 in any case. */
  public enum BadPriority {
    /** A tid, a descriptor and a stack are used up before it is found (k_create_handler). */
    USES_UP_A_TASK,
    /** Nothing is made (Create). */
    MAKES_NOTHING
  }
}
