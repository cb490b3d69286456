package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.motion.Body.Heading;

/** What the box acts on: the locomotives and turnouts that hear its signals on the rails. */
public interface Trackside {
  /**
   * A locomotive's speed step.
   *
   * @param locomotive 1 to 80
   * @param level 0 to 14
   */
  void speed(int locomotive, int level, Light light);

  /** A locomotive changes its direction. */
  void reverse(int locomotive, Light light);

  /**
   * A locomotive is to head in this direction: if it does not, it stops, turns round, and stands
   * until a new speed comes.
   */
  void head(int locomotive, Heading heading, Turning turning);

  /** A locomotive stops at once. */
  void halt(int locomotive);

  /** A locomotive's head light. */
  void light(int locomotive, Light light);

  /** Whether there is a locomotive of that address. */
  boolean has(int locomotive);

  /**
   * A locomotive's functions.
   *
   * @param bits bit 0 is f1, bit 3 is f4
   */
  void functions(int locomotive, int bits);

  /**
   * A turnout's solenoid has been on for as long as this turnout needs.
   *
   * @param turnout 1 to 256
   */
  void throwTurnout(int turnout, Position position);

  /** How long a turnout's solenoid must be on until it has moved, in nanoseconds. */
  long throwNanos(int turnout);

  /** The power of the rails. */
  void power(Power power);

  /**
   * Since when the rails have had power without a break, as a virtual time; the greatest long while
   * they have none. Turnouts' decoders are fed by the rails.
   */
  long poweredSince();

  /** When a locomotive that is told another direction turns round. */
  enum Turning {
    /** When it has come to rest, which it does as at speed 0. */
    AT_REST,
    /** At once. */
    AT_ONCE
  }

  /** A locomotive's head light. */
  enum Light {
    /** Dark. */
    OFF,
    /** Lit. */
    ON
  }
}
