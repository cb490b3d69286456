package dev.roundhouse.kernel.abi;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a system call can come to: each way in which it returns, waits for ever or ends the run
 * (kernel/src/syscall_handler.c, 9d49562; what the course's kernel does differently: {@link
 * Semantics}).
 */
public enum CallOutcome {
  /** The caller is gone. */
  EXIT_GONE(SyscallKind.EXIT, "the caller is gone"),
  /** Its senders never go on. */
  EXIT_STRANDS(SyscallKind.EXIT, "its senders wait for ever"),
  /** Its senders go on. */
  EXIT_RELEASES(SyscallKind.EXIT, "its senders go on"),
  /** Its only result. */
  YIELD_KEEPS(SyscallKind.YIELD, "the result of the call before"),
  /** A task was made. */
  CREATE_TID(SyscallKind.CREATE, "the child's tid"),
  /** The priority does not exist. */
  CREATE_BAD_PRIORITY(SyscallKind.CREATE, "-1: bad priority"),
  /** No page or descriptor. */
  CREATE_NO_MEMORY(SyscallKind.CREATE, "-2: no memory"),
  /** The arguments are nowhere. */
  CREATE_BAD_POINTER(SyscallKind.CREATE, "end of the run: bad pointer"),
  /** The arguments do not fit into a stack. */
  CREATE_TOO_LONG(SyscallKind.CREATE, "end of the run: arguments too long"),
  /** Its only result. */
  MY_TID(SyscallKind.MY_TID, "the caller's tid"),
  /** The parent lives. */
  PARENT_LIVES(SyscallKind.MY_PARENT_TID, "the parent's tid"),
  /** The parent has exited. */
  PARENT_GONE(SyscallKind.MY_PARENT_TID, "-1: the parent is gone"),
  /** A task of the kernel's. */
  PARENT_NONE(SyscallKind.MY_PARENT_TID, "0: made by the kernel"),
  /** Somebody replied. */
  SEND_REPLIED(SyscallKind.SEND, "the reply's length"),
  /** Somebody replied with more than there was room for. */
  SEND_REPLY_CUT(SyscallKind.SEND, "the length of a reply that was cut"),
  /** Nobody has this tid. */
  SEND_NO_TASK(SyscallKind.SEND, "-1: no such task"),
  /** The receiver exited. */
  SEND_FAILED(SyscallKind.SEND, "-2: the receiver exited"),
  /** To itself. */
  SEND_TO_SELF(SyscallKind.SEND, "-2: to itself"),
  /** Nobody receives it. */
  SEND_NEVER_RECEIVED(SyscallKind.SEND, "waits for ever: not received"),
  /** Nobody replies. */
  SEND_NEVER_REPLIED(SyscallKind.SEND, "waits for ever: not replied to"),
  /** Message or reply buffer are nowhere. */
  SEND_BAD_POINTER(SyscallKind.SEND, "end of the run: bad pointer"),
  /** The receiver's queue is full. */
  SEND_QUEUE_FULL(SyscallKind.SEND, "end of the run: queue full"),
  /** The receiver was made with a bad priority. */
  SEND_NO_QUEUE(SyscallKind.SEND, "end of the run: to the tid of a bad priority"),
  /** A message. */
  RECEIVE_LENGTH(SyscallKind.RECEIVE, "the message's length"),
  /** A message for which there was too little room. */
  RECEIVE_CUT(SyscallKind.RECEIVE, "the length of a message that was cut"),
  /** Nobody sends. */
  RECEIVE_WAITS(SyscallKind.RECEIVE, "waits for ever"),
  /** Buffer or tid are nowhere. */
  RECEIVE_BAD_POINTER(SyscallKind.RECEIVE, "end of the run: bad pointer"),
  /** All of it was copied. */
  REPLY_COPIED(SyscallKind.REPLY, "the bytes copied: all"),
  /** Less than all was copied. */
  REPLY_CUT(SyscallKind.REPLY, "the bytes copied: fewer"),
  /** Nobody has this tid. */
  REPLY_NO_TASK(SyscallKind.REPLY, "-1: no such task"),
  /** The task waits for no reply. */
  REPLY_NOT_BLOCKED(SyscallKind.REPLY, "-2: not reply-blocked"),
  /** The reply is nowhere. */
  REPLY_BAD_POINTER(SyscallKind.REPLY, "end of the run: bad pointer"),
  /** The timer. */
  EVENT_TIMER(SyscallKind.AWAIT_EVENT, "0: the timer"),
  /** A UART. */
  EVENT_UART(SyscallKind.AWAIT_EVENT, "a UART's masked interrupt status"),
  /** The event does not come. */
  EVENT_NEVER(SyscallKind.AWAIT_EVENT, "waits for ever"),
  /** There is no such event. */
  EVENT_INVALID(SyscallKind.AWAIT_EVENT, "-1: invalid event"),
  /** A page. */
  MAP_PAGE(SyscallKind.MAP_MEMORY, "0 and a page"),
  /** No page. */
  MAP_NONE(SyscallKind.MAP_MEMORY, "0 and NULL: none left"),
  /** The target is nowhere. */
  MAP_BAD_POINTER(SyscallKind.MAP_MEMORY, "end of the run: bad pointer"),
  /** Its only result. */
  HEALTH_SHARE(SyscallKind.SYSTEM_HEALTH, "0 and the idle share"),
  /** The target is nowhere. */
  HEALTH_BAD_POINTER(SyscallKind.SYSTEM_HEALTH, "end of the run: bad pointer"),
  /** An encoder. */
  ENCODER_ID(SyscallKind.ENCODER_INIT, "the encoder's id"),
  /** No encoder is left. */
  ENCODER_NONE(SyscallKind.ENCODER_INIT, "-1: none left"),
  /** There is no such pin. */
  ENCODER_BAD_PIN(SyscallKind.ENCODER_INIT, "end of the run: no such pin"),
  /** Counters. */
  COUNTERS(SyscallKind.ENCODER_GET, "0 and the counters"),
  /** No encoder has this id. */
  COUNTERS_NONE(SyscallKind.ENCODER_GET, "0 and nothing: no such encoder"),
  /** The target is nowhere. */
  COUNTERS_BAD_POINTER(SyscallKind.ENCODER_GET, "end of the run: bad pointer"),
  /** Bytes were printed. */
  PRINT_BYTES(SyscallKind.PRINT_RAW, "0: bytes"),
  /** NULL was printed. */
  PRINT_NULL(SyscallKind.PRINT_RAW, "0: the word NULL"),
  /** Nothing was printed. */
  PRINT_NOTHING(SyscallKind.PRINT_RAW, "0: nothing"),
  /** The bytes are nowhere. */
  PRINT_BAD_POINTER(SyscallKind.PRINT_RAW, "end of the run: bad pointer"),
  /** The UART takes no bytes. */
  PRINT_STUCK(SyscallKind.PRINT_RAW, "end of the run: the UART takes no bytes"),
  /** The board is reset. */
  QUIT_RESET(SyscallKind.QUIT, "end of the run: reset"),
  /** The UART takes no bytes. */
  QUIT_STUCK(SyscallKind.QUIT, "end of the run: the UART takes no bytes");

  private final SyscallKind call;
  private final String text;

  CallOutcome(SyscallKind call, String text) {
    this.call = call;
    this.text = text;
  }

  /** Whose outcome it is. */
  public SyscallKind call() {
    return call;
  }

  /** The outcome in a few words. */
  public String text() {
    return text;
  }

  /** All outcomes on this kernel, by calls. */
  public static List<CallOutcome> on(AbiProfile kernel) {
    return Stream.of(values()).filter(outcome -> outcome.isOn(kernel)).toList();
  }

  private boolean isOn(AbiProfile kernel) {
    Semantics semantics = kernel.semantics();
    return switch (this) {
      case EXIT_STRANDS -> semantics.receiverExit() == Semantics.ReceiverExit.STRANDS_SENDERS;
      case EXIT_RELEASES, SEND_FAILED ->
          semantics.receiverExit() == Semantics.ReceiverExit.FAILS_SENDS;
      case SEND_TO_SELF -> semantics.selfSend() == Semantics.SelfSend.FAILS;
      case SEND_QUEUE_FULL -> kernel.limits().queuedSenders() < Integer.MAX_VALUE;
      case SEND_NO_QUEUE -> semantics.badPriority() == Semantics.BadPriority.USES_UP_A_TASK;
      case EVENT_INVALID -> semantics.unknownEvent() == Semantics.UnknownEvent.FAILS;
      default -> true;
    };
  }
}
