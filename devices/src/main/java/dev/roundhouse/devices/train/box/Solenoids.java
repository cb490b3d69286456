package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * The current through turnouts' solenoids: one is on at a time, from its command until it is
 * switched off or the next one is switched on. One that is on for too long overheats.
 *
 * <p>The current flows for a shortest time whatever follows: of seven public CS452 kernels that
 * threw turnouts on the real tracks, four send the next turnout's command (22 ms later) or 32 (10
 * ms later) right behind. A turnout that needs longer does not move then.
 */
final class Solenoids {
  /** CS452 course notes: leave it on for at most 500 ms. */
  static final long LONGEST_NANOS = 500_000_000;

  /** How long the current flows at least: what an ordinary turnout needs. */
  static final long SHORTEST_NANOS = 60_000_000;

  private static final int NONE = 0;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Trackside track;
  private final Journal journal;
  private final VirtualClock clock;
  private final Alarm moved;
  private final Alarm tooLong;
  private final List<Moving> moving = new ArrayList<>();
  private int turnout = NONE;
  private long since;

  /** A turnout on its way, since when, and when it is there. */
  private record Moving(int turnout, Position position, long since, long at) {}

  Solenoids(VirtualClock clock, Agenda agenda, Trackside track, Journal journal) {
    this.clock = clock;
    this.track = track;
    this.journal = journal;
    moved = agenda.alarm("turnout moved", this::arrive);
    tooLong = agenda.alarm("solenoid on too long", at -> reportTooLong());
  }

  void switchOn(int newTurnout, Position position) {
    switchOff();
    if (track.poweredSince() > clock.nanos()) {
      journal.misuse(
          Misuse.TURNOUT_WITHOUT_POWER,
          "turnout " + newTurnout + " does not move: its decoder is fed by the rails; send 96");
      return;
    }
    turnout = newTurnout;
    since = clock.nanos();
    moving.removeIf(one -> one.turnout == newTurnout);
    moving.add(new Moving(newTurnout, position, since, since + track.throwNanos(newTurnout)));
    awaitNext();
    tooLong.setAt(since + LONGEST_NANOS);
  }

  void switchOff() {
    long lasts = Math.max(clock.nanos(), since + SHORTEST_NANOS);
    if (moving.removeIf(one -> one.turnout == turnout && one.at > lasts)) {
      journal.misuse(
          Misuse.SOLENOID_TOO_SHORT,
          "turnout "
              + turnout
              + " was on for only "
              + (clock.nanos() - since) / NANOS_PER_MILLI
              + " ms and has not moved");
      awaitNext();
    }
    tooLong.cancel();
    turnout = NONE;
  }

  private void arrive(long now) {
    for (Moving one : List.copyOf(moving)) {
      if (one.at <= now) {
        moving.remove(one);
        if (track.poweredSince() <= one.since) {
          track.throwTurnout(one.turnout, one.position);
        }
      }
    }
    awaitNext();
  }

  private void awaitNext() {
    moving.stream().mapToLong(Moving::at).min().ifPresentOrElse(moved::setAt, moved::cancel);
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
