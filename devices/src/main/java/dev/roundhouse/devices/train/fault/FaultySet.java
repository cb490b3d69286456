package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.train.box.MarklinBox;
import dev.roundhouse.devices.train.track.Track;

/** The parts of a train set that faults act on. */
public record FaultySet(Track track, MarklinBox box, UnreliableRails rails, LossyLine line) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  void begin(Fault fault) {
    switch (fault) {
      case Fault.StuckTurnout(int turnout) -> track.faults().stick(turnout);
      case Fault.SlowTurnout(int turnout, int millis) ->
          track.faults().setThrowNanos(turnout, millis * NANOS_PER_MILLI);
      case Fault.DeadSensor(String sensor) -> track.faults().kill(sensor);
      case Fault.GhostSensor(String sensor, double seconds) -> track.faults().check(sensor);
      case Fault.MissedCommands(double chance) -> rails.setMissed(chance);
      case Fault.LostBytes(double chance) -> line.setLost(chance);
      case Fault.DirtyTrack(String from, String to, double factor) ->
          track.faults().dirty(from, to, factor);
      case Fault.SlowLocomotive(int train, double factor) -> track.faults().slow(train, factor);
      case Fault.BoxOff() -> box.setState(MarklinBox.State.SWITCHED_OFF);
      case Fault.CablePulled() -> box.setState(MarklinBox.State.UNPLUGGED);
    }
  }

  void end(Fault fault) {
    switch (fault) {
      case Fault.StuckTurnout(int turnout) -> track.faults().free(turnout);
      case Fault.SlowTurnout(int turnout, int millis) -> track.faults().resetThrowNanos(turnout);
      case Fault.DeadSensor(String sensor) -> track.faults().revive(sensor);
      case Fault.GhostSensor ghost -> {
        // Its alarms do it.
      }
      case Fault.MissedCommands missed -> rails.setMissed(0);
      case Fault.LostBytes lost -> line.setLost(0);
      case Fault.DirtyTrack(String from, String to, double factor) ->
          track.faults().dirty(from, to, 1);
      case Fault.SlowLocomotive(int train, double factor) -> track.faults().slow(train, 1);
      case Fault.BoxOff() -> box.setState(MarklinBox.State.CONNECTED);
      case Fault.CablePulled() -> box.setState(MarklinBox.State.CONNECTED);
    }
  }
}
