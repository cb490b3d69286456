package dev.roundhouse.devices.train.fault;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Something that goes wrong. */
public sealed interface Fault {
  /** A turnout does not move. */
  record StuckTurnout(int turnout) implements Fault {}

  /** A turnout needs its solenoid on for so many milliseconds. */
  record SlowTurnout(int turnout, int millis) implements Fault {}

  /** A sensor sees nothing. */
  record DeadSensor(String sensor) implements Fault {}

  /** A sensor fires without a train, about once in so many seconds. */
  record GhostSensor(String sensor, double everySeconds) implements Fault {}

  /** A sensor's contact is closed all the time. */
  record ClosedSensor(String sensor) implements Fault {}

  /** Locomotives miss commands with this probability. */
  record MissedCommands(double chance) implements Fault {}

  /** A fault of the box or of what leads to it. */
  sealed interface OfBox extends Fault {}

  /** Bytes to the box are lost with this probability. */
  record LostBytes(double chance) implements OfBox {}

  /** Frames to and from the box are lost with this probability, unnoticed by the bus. */
  record FrameLost(double chance) implements OfBox {}

  /** Frames on the bus are destroyed with this probability, and repeated. */
  record BusError(double chance) implements OfBox {}

  /** All frames on the bus are destroyed: who sends is off the bus soon. */
  record BusOff() implements OfBox {}

  /** The box is not on the bus: nobody acknowledges what the program sends. */
  record SecondStationSilent() implements OfBox {}

  /** The box is switched off and on. */
  record BoxRestarted() implements OfBox {}

  /** Trains run at a part of their speed between two neighbouring nodes. */
  record DirtyTrack(String from, String to, double speedFactor) implements Fault {}

  /** A train runs at a part of its speed. */
  record SlowLocomotive(int train, double speedFactor) implements Fault {}

  /** The box is switched off. */
  record BoxOff() implements OfBox {}

  /** The cable to the box is pulled. */
  record CablePulled() implements OfBox {}

  /** The rails are shorted: the power goes off and does not stay on. */
  record ShortCircuit() implements Fault {}

  /** The power goes off when more trains than this move at once. */
  record Overload(int trains) implements Fault {}

  /** Its name in a fault plan and what it strikes, such as {@code dead-sensor C13}. */
  default String text() {
    return switch (this) {
      case StuckTurnout(int turnout) -> "stuck-turnout " + turnout;
      case SlowTurnout(int turnout, int millis) -> "slow-turnout " + turnout;
      case DeadSensor(String sensor) -> "dead-sensor " + sensor;
      case GhostSensor(String sensor, double everySeconds) -> "ghost-sensor " + sensor;
      case ClosedSensor(String sensor) -> "closed-sensor " + sensor;
      case MissedCommands missed -> "missed-commands";
      case LostBytes lost -> "lost-bytes";
      case FrameLost lost -> "frame-lost";
      case BusError error -> "bus-error";
      case BusOff off -> "bus-off";
      case SecondStationSilent silent -> "second-station-silent";
      case BoxRestarted restarted -> "box-restarted";
      case DirtyTrack(String from, String to, double factor) -> "dirty-track " + from + " " + to;
      case SlowLocomotive(int train, double factor) -> "slow-locomotive " + train;
      case BoxOff off -> "box-off";
      case CablePulled pulled -> "cable-pulled";
      case ShortCircuit shorted -> "short-circuit";
      case Overload(int trains) -> "overload";
    };
  }

  /** The probability that the last of these faults of one kind has; 0 if there is none. */
  static <F extends Fault> double chance(
      List<Fault> faults, Class<F> kind, ToDoubleFunction<F> probability) {
    return faults.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .mapToDouble(probability)
        .reduce(0, (first, last) -> last);
  }
}
