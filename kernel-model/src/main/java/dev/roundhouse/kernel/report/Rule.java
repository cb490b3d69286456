package dev.roundhouse.kernel.report;

/** What a program must not do, although the kernel does not refuse it. */
public enum Rule {
  /** A pointer that the kernel follows leads out of RAM, into the kernel, or wraps. */
  BAD_POINTER("pointer outside of RAM"),
  /** A message or reply is longer than the buffer for it. */
  MESSAGE_CUT_SHORT("message cut short"),
  /** A task replies to one whose message another task received. */
  REPLY_BY_ANOTHER("reply by a task that did not receive"),
  /** A task's stack grows over the memory below it. */
  STACK_OVERFLOW("stack overflow"),
  /** A task writes, or has the kernel write, to the stack of another one. */
  FOREIGN_STACK("write into another task's stack"),
  /** A task writes, or has the kernel write, over code of a program. */
  CODE_WRITTEN("write into code"),
  /** A task sends to itself and waits for ever. */
  SEND_TO_SELF("send to self"),
  /** A task sends or replies to one that is gone. */
  TASK_HAS_VANISHED("send or reply to a vanished task"),
  /** A task sends or replies to one that never was. */
  TASK_NEVER_WAS("send or reply to a task that never was"),
  /** A task waits for an event that could never have come. */
  WAIT_WITHOUT_END("wait that nothing will end"),
  /** A task exits while others wait for it to receive or to reply: they wait for ever. */
  SENDERS_STRANDED("blocked senders stranded by an exit"),
  /** More senders wait for one task than its queue has room for. */
  SENDER_QUEUE_FULL("too many senders queued on one task"),
  /** A task is made with a priority that does not exist. */
  BAD_PRIORITY("bad priority"),
  /** A task waits for an event that the kernel does not know, and so for ever. */
  UNKNOWN_EVENT("unknown event id"),
  /** A task waits for an event for which another one waits already. */
  SECOND_WAITER("two waiters on one event"),
  /** A system call in the middle of a function: the kernel returns to x30, not behind it. */
  CALL_IN_LINE("svc in the middle of a function"),
  /** A system call number behind the table. */
  UNKNOWN_SYSCALL("unknown system call"),
  /** A task becomes ready when the ready queue is full: it never runs again. */
  READY_QUEUE_FULL("too many ready tasks"),
  /** An argument block that does not end in NUL: the real loader reads on behind it. */
  ARGUMENTS_NOT_TERMINATED("argument block without a final NUL"),
  /** An argument block that does not fit into the stack page. */
  ARGUMENTS_TOO_LONG("argument block longer than the stack"),
  /** An encoder at GPIO pins that do not exist: the real kernel writes outside of its table. */
  BAD_PIN("no such GPIO pin"),
  /** A program enabled an interrupt that the kernel does not serve: the real kernel stops. */
  UNEXPECTED_INTERRUPT("interrupt that the kernel does not serve"),
  /** The kernel polls the console's UART, which will never take the byte. */
  CONSOLE_STUCK("console UART does not take bytes");

  private final String text;

  Rule(String text) {
    this.text = text;
  }

  /** The rule in a few words. */
  public String text() {
    return text;
  }
}
