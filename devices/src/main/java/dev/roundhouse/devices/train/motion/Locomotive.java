package dev.roundhouse.devices.train.motion;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A locomotive's measured properties, in millimetres and seconds. */
public final class Locomotive {
  /** The highest level. */
  public static final int TOP_LEVEL = 14;

  /**
   * Slowing down between levels against stopping: from 9 to 7, 11 to 7 and 11 to 9 on average over
   * locomotives 24 and 58 (github.com/trevoryao/cs452-kernel, docs/tc1/data.txt).
   */
  private static final double SLOWING_PART = 0.46;

  /** Most of a stop's loss of speed comes early (camera fit in crazy2be/cs452). */
  private static final double STOP_SHAPE = 3;

  private final Properties properties;
  private final double[] decelerations = new double[TOP_LEVEL + 1];

  /** From which side a level was reached: decoders then hold different speeds. */
  public enum Reached {
    /** From a lower speed. */
    FROM_BELOW,
    /** From a higher speed. */
    FROM_ABOVE
  }

  /** What happens to commands while the locomotive has no current on a turnout's dead zone. */
  public enum InDeadZone {
    /** The box repeats them; they are heard after it. */
    HEARD_LATER,
    /** They are never heard. */
    LOST
  }

  /** A change between two levels whose rate was measured. */
  public record LevelChange(int from, int to) implements Comparable<LevelChange> {
    @Override
    public int compareTo(LevelChange other) {
      return from != other.from ? Integer.compare(from, other.from) : Integer.compare(to, other.to);
    }
  }

  /**
   * How a cold locomotive becomes faster.
   *
   * @param coldFactor its speed when cold as part of its speed when warm
   * @param seconds of running until it is warm
   */
  public record WarmUp(double coldFactor, double seconds) {
    /** Always warm. */
    public static final WarmUp NONE = new WarmUp(1, 1);
  }

  /**
   * Where it gets stuck.
   *
   * @param commands what happens to commands in a dead zone
   * @param stallsBelow the speed in mm/s below which it may stall in one
   * @param stallChance how probable that is
   */
  public record DeadZones(InDeadZone commands, double stallsBelow, double stallChance) {}

  /**
   * All properties; lists have {@link #TOP_LEVEL} entries, level 1 first.
   *
   * @param accelerations from standstill to each level, mm/s^2
   * @param stoppingDistances from each level reached from below, mm
   */
  record Properties(
      int address,
      Body body,
      List<Double> speedsFromBelow,
      List<Double> speedsFromAbove,
      List<Double> accelerations,
      List<Double> stoppingDistances,
      SortedMap<LevelChange, Double> levelChanges,
      WarmUp warmUp,
      DeadZones deadZones,
      List<Integer> measuredLevels,
      List<Integer> measuredStops) {}

  Locomotive(Properties properties) {
    this.properties = properties;
    for (int level = 1; level <= TOP_LEVEL; level++) {
      double speed = steadySpeed(level, Reached.FROM_BELOW);
      decelerations[level] = speed * speed / (2 * properties.stoppingDistances().get(level - 1));
    }
    decelerations[0] = decelerations[1];
  }

  public int address() {
    return properties.address();
  }

  public Body body() {
    return properties.body();
  }

  public WarmUp warmUp() {
    return properties.warmUp();
  }

  public DeadZones deadZones() {
    return properties.deadZones();
  }

  /** The levels whose speeds were measured on this locomotive, not derived from another's. */
  public List<Integer> measuredLevels() {
    return properties.measuredLevels();
  }

  /** The levels whose stopping distances were measured on this locomotive. */
  public List<Integer> measuredStops() {
    return properties.measuredStops();
  }

  /** The speed that a level ends in, mm/s. */
  public double steadySpeed(int level, Reached reached) {
    if (level == 0) {
      return 0;
    }
    List<Double> speeds =
        reached == Reached.FROM_BELOW ? properties.speedsFromBelow() : properties.speedsFromAbove();
    return speeds.get(level - 1);
  }

  /** The measured distance from a level's speed, reached from below, to standstill, mm. */
  public double stoppingDistance(int level) {
    return level == 0 ? 0 : properties.stoppingDistances().get(level - 1);
  }

  /** Speeding up or slowing down to a level's speed. */
  public SpeedPhase change(LevelChange levels, double from, double to) {
    Double measured = properties.levelChanges().get(levels);
    if (measured != null) {
      return SpeedPhase.atRate(from, to, measured);
    }
    return to >= from
        ? SpeedPhase.atRate(from, to, properties.accelerations().get(levels.to() - 1))
        : SpeedPhase.atRate(from, to, SLOWING_PART * decelerationAt(from));
  }

  /** Stopping from a level's steady speed, or nearly. */
  public SpeedPhase stop(int level, double from) {
    return SpeedPhase.stopWithin(from, from * from / (2 * decelerations[level]), STOP_SHAPE);
  }

  /** Stopping from a speed that is no level's. */
  public SpeedPhase stop(double from) {
    return SpeedPhase.stopWithin(from, from * from / (2 * decelerationAt(from)), STOP_SHAPE);
  }

  /** The mean deceleration of a stop from any speed: between the levels' by their speeds. */
  private double decelerationAt(double speed) {
    for (int level = 1; level <= TOP_LEVEL; level++) {
      double high = steadySpeed(level, Reached.FROM_BELOW);
      if (high >= speed) {
        double low = steadySpeed(level - 1, Reached.FROM_BELOW);
        double part = high > low ? (speed - low) / (high - low) : 1;
        part = Math.clamp(part, 0.0, 1.0);
        return decelerations[level - 1] + part * (decelerations[level] - decelerations[level - 1]);
      }
    }
    return decelerations[TOP_LEVEL];
  }

  /** This locomotive's properties under another address. */
  public Locomotive withAddress(int address) {
    return new Locomotive(
        new Properties(
            address,
            properties.body(),
            properties.speedsFromBelow(),
            properties.speedsFromAbove(),
            properties.accelerations(),
            properties.stoppingDistances(),
            new TreeMap<>(properties.levelChanges()),
            properties.warmUp(),
            properties.deadZones(),
            properties.measuredLevels(),
            properties.measuredStops()));
  }
}
