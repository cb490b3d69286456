package dev.roundhouse.emulator.timeline;

/** A task as a trace tells of it. What it does is what it did until the present instant. */
public final class TracedTask {
  /** Of one that is not known. */
  static final int UNKNOWN_PRIORITY = -1;

  private final int tid;
  String name = "";
  int priority = UNKNOWN_PRIORITY;
  TracedState next = TracedState.MADE;
  int nextOn = -1;
  boolean isChanged;
  boolean isSeenFromOutside;
  String call = "";
  long calledAt;
  long message;
  private TracedState state = TracedState.MADE;
  private int on = -1;
  private long since;

  TracedTask(int tid, long nanos) {
    this.tid = tid;
    since = nanos;
  }

  int tid() {
    return tid;
  }

  /** What it does. */
  TracedState state() {
    return state;
  }

  /** The tid or event that it waits for; -1 if for none that is known. */
  int on() {
    return on;
  }

  /** When it began to do that, in virtual nanoseconds. */
  long since() {
    return since;
  }

  /** Whether the kernel model made it: those have programs, and a booted kernel's have not. */
  boolean isOfModel() {
    return !isSeenFromOutside;
  }

  /** Whether it waits for a reply or a result. */
  boolean isInCall() {
    return !call.isEmpty();
  }

  /** Such as {@code tid 3 clock_server}. */
  String label() {
    return name.isEmpty() ? "tid " + tid : "tid " + tid + " " + name;
  }

  /** Whether what comes next is something else. */
  boolean turns() {
    return next != state || nextOn != on;
  }

  void turn(long nanos) {
    state = next;
    on = nextOn;
    since = nanos;
  }
}
