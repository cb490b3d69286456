package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.train.track.Track;
import java.util.List;

/** The parts of a train set that faults act on. */
public record FaultySet(Track track, UnreliableRails rails, FaultyBox box) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Checks that the track has what a fault strikes. */
  void check(Fault fault) {
    switch (fault) {
      case Fault.StuckTurnout(int turnout) -> track.faults().check(turnout);
      case Fault.SlowTurnout(int turnout, int millis) -> track.faults().check(turnout);
      case Fault.DeadSensor(String sensor) -> track.faults().check(sensor);
      case Fault.GhostSensor(String sensor, double seconds) -> track.faults().check(sensor);
      case Fault.ClosedSensor(String sensor) -> track.faults().check(sensor);
      case Fault.DirtyTrack(String from, String to, double factor) ->
          track.faults().check(from, to);
      case Fault.SlowLocomotive(int train, double factor) -> track.faults().checkTrain(train);
      case Fault.MissedCommands _, Fault.ShortCircuit _, Fault.Overload _ -> {
        // Each train set has rails.
      }
      case Fault.OfBox _ -> box.check(fault);
    }
  }

  /** Begins a fault, or lets it hold again. */
  void begin(Fault fault) {
    switch (fault) {
      case Fault.StuckTurnout(int turnout) -> track.faults().stick(turnout);
      case Fault.SlowTurnout(int turnout, int millis) ->
          track.faults().setThrowNanos(turnout, millis * NANOS_PER_MILLI);
      case Fault.DeadSensor(String sensor) -> track.faults().kill(sensor);
      case Fault.ClosedSensor(String sensor) -> track.faults().hold(sensor);
      case Fault.ShortCircuit _ -> track.faults().shortCircuit();
      case Fault.Overload(int trains) -> track.faults().limitMoving(trains);
      case Fault.MissedCommands(double chance) -> rails.setMissed(chance);
      case Fault.DirtyTrack(String from, String to, double factor) ->
          track.faults().dirty(from, to, factor);
      case Fault.SlowLocomotive(int train, double factor) -> track.faults().slow(train, factor);
      case Fault.GhostSensor _, Fault.OfBox _ -> {
        // A ghost's alarms act, and setBox does.
      }
    }
  }

  void end(Fault fault) {
    switch (fault) {
      case Fault.StuckTurnout(int turnout) -> track.faults().free(turnout);
      case Fault.SlowTurnout(int turnout, int millis) -> track.faults().resetThrowNanos(turnout);
      case Fault.DeadSensor(String sensor) -> track.faults().revive(sensor);
      case Fault.ClosedSensor(String sensor) -> track.faults().release(sensor);
      case Fault.ShortCircuit _ -> track.faults().clearShortCircuit();
      case Fault.Overload _ -> track.faults().unlimitMoving();
      case Fault.MissedCommands _ -> rails.setMissed(0);
      case Fault.DirtyTrack(String from, String to, double factor) ->
          track.faults().dirty(from, to, 1);
      case Fault.SlowLocomotive(int train, double factor) -> track.faults().slow(train, 1);
      case Fault.GhostSensor _, Fault.OfBox _ -> {
        // A ghost's alarms act, and setBox does.
      }
    }
  }

  /** Puts the box into the state that these faults leave it in. */
  void setBox(List<Fault> present) {
    box.strike(present);
  }
}
