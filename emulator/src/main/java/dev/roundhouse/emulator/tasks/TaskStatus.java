package dev.roundhouse.emulator.tasks;

/** What a task does or waits for. */
public sealed interface TaskStatus {
  /** Runs. */
  record Active() implements TaskStatus {}

  /** Could run. */
  record Ready() implements TaskStatus {}

  /** Sent to a task that has not received the message yet. */
  record SendBlocked(int on) implements TaskStatus {}

  /** Waits for a message. */
  record ReceiveBlocked() implements TaskStatus {}

  /** Its message was received by a task, of which it awaits the reply. */
  record ReplyBlocked(int on) implements TaskStatus {}

  /** Waits for an event, by its id. */
  record EventBlocked(int event) implements TaskStatus {}

  /** Has not come back from a system call of a booted kernel of which no more is known. */
  record InCall(String call) implements TaskStatus {}

  /** Was made with a priority that does not exist, and never runs. */
  record NeverStarted(int priority) implements TaskStatus {}

  /** Was to become ready when the ready queue was full: never runs again. */
  record Lost() implements TaskStatus {}

  /** Is gone, or was never there. */
  record Exited() implements TaskStatus {}

  /** The status with whom or what it waits for, for people. */
  default String text() {
    return switch (this) {
      case Active() -> "active";
      case SendBlocked(int on) -> word() + " on " + on;
      case ReplyBlocked(int on) -> word() + " on " + on;
      case EventBlocked(int event) -> word() + " on event " + event;
      case InCall(String call) -> "in " + call;
      case Ready(), ReceiveBlocked(), NeverStarted _, Lost(), Exited() -> word();
    };
  }

  /** The status in a word, as scenarios have it; one that runs is {@code ready} too. */
  default String word() {
    return switch (this) {
      case Active(), Ready() -> "ready";
      case SendBlocked _ -> "send-blocked";
      case ReceiveBlocked() -> "receive-blocked";
      case ReplyBlocked _ -> "reply-blocked";
      case EventBlocked _ -> "event-blocked";
      case InCall _ -> "in-call";
      case NeverStarted _ -> "never-started";
      case Lost() -> "lost";
      case Exited() -> "exited";
    };
  }
}
