package dev.roundhouse.devices.time;

/**
 * One purpose's entry in an {@link Agenda}, made once and set again and again. Setting, moving and
 * cancelling allocate nothing.
 */
public final class Alarm {
  /** The heap index of an alarm that is not set. */
  static final int NOT_SET = -1;

  private final Agenda agenda;
  private final String name;
  private final DueAction action;

  /** When it falls due, in nanoseconds; {@link Long#MAX_VALUE} while it is not set. */
  long at = Long.MAX_VALUE;

  /** Order of setting, which decides between alarms for the same time. */
  long order;

  /** Place in the agenda's heap, or {@link #NOT_SET}. */
  int heapIndex = NOT_SET;

  private boolean isRetired;

  Alarm(Agenda agenda, String name, DueAction action) {
    this.agenda = agenda;
    this.name = name;
    this.action = action;
  }

  /** What the alarm is for, such as {@code "UART2 transmit"}. */
  public String name() {
    return name;
  }

  /**
   * Sets the alarm, or moves it if it is set. A time in the past is due at once. Nothing happens if
   * its owner is gone ({@link AgendaPart#end}).
   *
   * @param nanos virtual time in nanoseconds
   */
  public void setAt(long nanos) {
    if (!isRetired) {
      agenda.set(this, nanos);
    }
  }

  /** Takes the alarm out of the agenda; nothing happens if it is not set. */
  public void cancel() {
    agenda.remove(this);
  }

  /** Takes it out of the agenda for good. */
  void retire() {
    cancel();
    isRetired = true;
  }

  /** Whether it is set and has not fallen due yet. */
  public boolean isSet() {
    return heapIndex != NOT_SET;
  }

  /** When it falls due, in nanoseconds; {@link Long#MAX_VALUE} while it is not set. */
  public long atNanos() {
    return at;
  }

  void fallDue(long atNanos) {
    action.due(atNanos);
  }

  /** Whether this alarm comes before {@code other}: by time, then by order of setting. */
  boolean isBefore(Alarm other) {
    return at < other.at || (at == other.at && order < other.order);
  }

  @Override
  public String toString() {
    return isSet() ? name + " at " + at + " ns" : name + " (not set)";
  }
}
