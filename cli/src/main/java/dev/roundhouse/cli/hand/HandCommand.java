package dev.roundhouse.cli.hand;

import dev.roundhouse.devices.train.event.Position;

/** What a person wants of a train set, whichever box it has. */
public sealed interface HandCommand {
  /** A train's speed level, 0 to 14. */
  record Speed(int train, int level) implements HandCommand {}

  /** A train changes its direction, and stands until it is given a speed. */
  record Reverse(int train) implements HandCommand {}

  /** A turnout is set, and its solenoid switched off again. */
  record Switch(int turnout, Position position) implements HandCommand {}

  /** Power off: all trains stop at once. */
  record Stop() implements HandCommand {}

  /** Power on. */
  record Go() implements HandCommand {}

  /** Asks for all contacts once. */
  record Sensors() implements HandCommand {}
}
