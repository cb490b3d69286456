package dev.roundhouse.devices.time;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of an {@link Agenda}: the alarms of one owner, which are gone when it is. A board has one,
 * so that nothing falls due any more for a board that was reset.
 */
public final class AgendaPart {
  private final Agenda agenda;
  private final List<Alarm> alarms = new ArrayList<>();

  AgendaPart(Agenda agenda) {
    this.agenda = agenda;
  }

  /**
   * Makes an alarm, not set yet.
   *
   * @param name what it is for, for reports
   * @param action what happens when it falls due
   */
  public Alarm alarm(String name, DueAction action) {
    Alarm alarm = agenda.alarm(name, action);
    alarms.add(alarm);
    return alarm;
  }

  /** Ends it with its owner: none of its alarms falls due any more, or can be set again. */
  public void end() {
    alarms.forEach(Alarm::retire);
    alarms.clear();
  }
}
