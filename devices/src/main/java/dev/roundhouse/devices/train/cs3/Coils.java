package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.train.box.Trackside;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The coils of accessories that have current: each until its time is over or it is switched off
 * ("CAN CS2 Protokoll 2.0", 4.1). A turnout moves when its coil has had current for as long as it
 * needs.
 */
final class Coils {
  private static final int TURNOUTS = 256;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TrainServices services;
  private final Trackside track;
  private final Consumer<StationMessage.Accessory> ended;
  private final Alarm next;
  private final SortedMap<Integer, Coil> on = new TreeMap<>();

  /** A coil with current. */
  private static final class Coil {
    private final StationMessage.Accessory command;
    private final int turnout;
    private final long since;
    private final long until;
    private long movesAt;

    Coil(StationMessage.Accessory command, int turnout, long since, long until) {
      this.command = command;
      this.turnout = turnout;
      this.since = since;
      this.until = until;
      movesAt = NEVER;
    }
  }

  /**
   * All coils without current.
   *
   * @param ended is told the command to which a coil got current, when its time is over
   */
  Coils(TrainServices services, Trackside track, Consumer<StationMessage.Accessory> ended) {
    this.services = services;
    this.track = track;
    this.ended = ended;
    next = services.agenda().alarm("CS3 coils", this::goOn);
  }

  /**
   * Gives current.
   *
   * @param turnout whose coil it is; 0 if it is no turnout's
   * @param nanos for how long; 0 for ever
   */
  void switchOn(StationMessage.Accessory command, int turnout, long nanos) {
    long now = services.clock().nanos();
    Coil coil = new Coil(command, turnout, now, nanos == 0 ? NEVER : now + nanos);
    if (turnout > 0 && turnout <= TURNOUTS && command.position() <= 1) {
      coil.movesAt = now + track.throwNanos(turnout);
    }
    on.put(command.uid(), coil);
    awaitNext();
  }

  void switchOff(int uid) {
    Coil coil = on.remove(uid);
    if (coil != null) {
      checkMoved(coil, services.clock().nanos());
      awaitNext();
    }
  }

  /** The rails have no power. */
  void switchAllOff() {
    on.clear();
    next.cancel();
  }

  private void checkMoved(Coil coil, long now) {
    if (coil.movesAt != NEVER) {
      services
          .journal()
          .misuse(
              Misuse.SOLENOID_TOO_SHORT,
              "turnout %d was on for only %d ms and has not moved"
                  .formatted(coil.turnout, (now - coil.since) / NANOS_PER_MILLI));
    }
  }

  private void goOn(long now) {
    for (Coil coil : List.copyOf(on.values())) {
      if (coil.movesAt <= now) {
        coil.movesAt = NEVER;
        if (track.poweredSince() <= coil.since) {
          track.throwTurnout(
              coil.turnout, coil.command.position() == 0 ? Position.CURVED : Position.STRAIGHT);
        }
      }
      if (coil.until <= now) {
        on.remove(coil.command.uid());
        checkMoved(coil, now);
        ended.accept(coil.command);
      }
    }
    awaitNext();
  }

  private void awaitNext() {
    long first =
        on.values().stream()
            .mapToLong(coil -> Math.min(coil.movesAt, coil.until))
            .min()
            .orElse(NEVER);
    if (first == NEVER) {
      next.cancel();
    } else {
      next.setAt(first);
    }
  }
}
