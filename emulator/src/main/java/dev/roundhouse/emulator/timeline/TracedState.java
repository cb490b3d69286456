package dev.roundhouse.emulator.timeline;

/** What a task does, as far as a trace tells. */
public enum TracedState {
  /** It was made and has not been ready yet. */
  MADE("made"),
  /** It could run. */
  READY("ready"),
  /** It runs. */
  RUNNING("running"),
  /** It is in a call of a kernel that is seen from outside. */
  IN_CALL("in call"),
  /** Its message is not received yet. */
  SEND_BLOCKED("send-blocked"),
  /** It waits for a message. */
  RECEIVE_BLOCKED("receive-blocked"),
  /** Its message is not replied to yet. */
  REPLY_BLOCKED("reply-blocked"),
  /** It waits for an event. */
  EVENT_BLOCKED("event-blocked"),
  /** The kernel has lost it. */
  LOST("lost"),
  /** It is gone. */
  EXITED("exited");

  private final String word;

  TracedState(String word) {
    this.word = word;
  }

  /** Whether the task waits for something that is not the processor. */
  boolean isBlocked() {
    return switch (this) {
      case SEND_BLOCKED, RECEIVE_BLOCKED, REPLY_BLOCKED, EVENT_BLOCKED, IN_CALL -> true;
      case MADE, READY, RUNNING, LOST, EXITED -> false;
    };
  }

  /** Whether it waits for what another task does with its message. */
  boolean waitsForTask() {
    return this == SEND_BLOCKED || this == REPLY_BLOCKED;
  }

  @Override
  public String toString() {
    return word;
  }
}
