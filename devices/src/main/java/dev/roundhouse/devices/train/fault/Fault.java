package dev.roundhouse.devices.train.fault;

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

  /** Bytes to the box are lost with this probability. */
  record LostBytes(double chance) implements Fault {}

  /** Trains run at a part of their speed between two neighbouring nodes. */
  record DirtyTrack(String from, String to, double speedFactor) implements Fault {}

  /** A train runs at a part of its speed. */
  record SlowLocomotive(int train, double speedFactor) implements Fault {}

  /** The box is switched off. */
  record BoxOff() implements Fault {}

  /** The serial cable is pulled. */
  record CablePulled() implements Fault {}

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
      case DirtyTrack(String from, String to, double factor) -> "dirty-track " + from + " " + to;
      case SlowLocomotive(int train, double factor) -> "slow-locomotive " + train;
      case BoxOff off -> "box-off";
      case CablePulled pulled -> "cable-pulled";
      case ShortCircuit shorted -> "short-circuit";
      case Overload(int trains) -> "overload";
    };
  }
}
