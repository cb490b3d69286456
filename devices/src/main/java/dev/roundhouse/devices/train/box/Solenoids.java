package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.Position;

/**
 * The current through turnouts' solenoids: one is on at a time, from its command until it is
 * switched off or the next one is switched on. A turnout has moved when its solenoid has been on
 * for long enough; one that is on for too long overheats.
 */
final class Solenoids {
  /** CS452 course notes: leave it on for at most 500 ms. */
  static final long LONGEST_NANOS = 500_000_000;

  private static final int NONE = 0;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Trackside track;
  private final Journal journal;
  private final VirtualClock clock;
  private final Alarm moved;
  private final Alarm tooLong;
  private int turnout = NONE;
  private Position position = Position.STRAIGHT;
  private long since;

  Solenoids(VirtualClock clock, Agenda agenda, Trackside track, Journal journal) {
    this.clock = clock;
    this.track = track;
    this.journal = journal;
    moved = agenda.alarm("turnout moved", at -> track.throwTurnout(turnout, position));
    tooLong = agenda.alarm("solenoid on too long", at -> reportTooLong());
  }

  void switchOn(int newTurnout, Position newPosition) {
    switchOff();
    turnout = newTurnout;
    position = newPosition;
    since = clock.nanos();
    moved.setAt(since + track.throwNanos(newTurnout));
    tooLong.setAt(since + LONGEST_NANOS);
  }

  void switchOff() {
    if (turnout != NONE && moved.isSet()) {
      long millis = (clock.nanos() - since) / NANOS_PER_MILLI;
      journal.misuse(
          Misuse.SOLENOID_TOO_SHORT,
          "turnout " + turnout + " was on for only " + millis + " ms and has not moved");
    }
    moved.cancel();
    tooLong.cancel();
    turnout = NONE;
  }

  private void reportTooLong() {
    journal.misuse(
        Misuse.SOLENOID_LEFT_ON,
        "turnout "
            + turnout
            + " is on for more than "
            + LONGEST_NANOS / NANOS_PER_MILLI
            + " ms and overheats: send 32");
  }
}
