package dev.roundhouse.devices.train.motion;

import java.util.List;
import java.util.SortedMap;

/** A locomotive's measured properties, in millimetres and seconds. */
public final class Locomotive {
  /** The highest level. */
  public static final int TOP_LEVEL = 14;

  /**
   * Slowing down between levels against stopping: from 9 to 7, 11 to 7 and 11 to 9 on average over
   * locomotives 24 and 58 (github.com/trevoryao/cs452-kernel, docs/tc1/data.txt).
   */
  private static final double SLOWING_PART = 0.46;

  /** A level's train follows at most so much of a stop's mean time late: it does not creep. */
  private static final double MOST_LAG_OF_STOP = 1.5;

  /** The same of a change's time. */
  private static final double MOST_LAG_OF_CHANGE = 0.75;

  private final Properties properties;
  private final double[] lags = new double[TOP_LEVEL + 1];
  private final double[] stopRates = new double[TOP_LEVEL + 1];

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
   * @param decoder what it shares with all of its kind
   * @param accelerations from standstill, once it moves, to each level, mm/s^2
   * @param stoppingDistances from each level reached from below, mm
   */
  record Properties(
      int address,
      Body body,
      Decoder decoder,
      List<Double> speedsFromBelow,
      List<Double> speedsFromAbove,
      List<Double> accelerations,
      List<Double> stoppingDistances,
      SortedMap<LevelChange, Double> levelChanges,
      WarmUp warmUp,
      DeadZones deadZones,
      List<Measurement> measured) {
    Properties with(int otherAddress, Decoder other) {
      return new Properties(
          otherAddress,
          body,
          other,
          speedsFromBelow,
          speedsFromAbove,
          accelerations,
          stoppingDistances,
          levelChanges,
          warmUp,
          deadZones,
          measured);
    }
  }

  Locomotive(Properties properties) {
    this.properties = properties;
    for (int level = 1; level <= TOP_LEVEL; level++) {
      double speed = steadySpeed(level, Reached.FROM_BELOW);
      double meanSeconds = stoppingDistance(level) / speed;
      lags[level] = Math.min(decoder().lagSeconds(), MOST_LAG_OF_STOP * meanSeconds);
      stopRates[level] = speed / (2 * meanSeconds - lags[level]);
    }
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

  /** What it shares with all of its kind. */
  public Decoder decoder() {
    return properties.decoder();
  }

  /** What was measured of it. */
  public List<Measurement> measured() {
    return properties.measured();
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
  Ramp change(LevelChange levels, double from, double to) {
    double seconds = Math.abs(to - from) / rate(levels, from, to);
    double lag = Math.min(lags[levels.to()], MOST_LAG_OF_CHANGE * seconds);
    return new Ramp(to - from, seconds - lag, lag);
  }

  private double rate(LevelChange levels, double from, double to) {
    Double measured = properties.levelChanges().get(levels);
    if (measured != null) {
      return measured;
    }
    return to >= from
        ? properties.accelerations().get(levels.to() - 1)
        : SLOWING_PART * decelerationAt(from);
  }

  /** How fast it gains speed from standstill to a level, mm/s^2, as a mean. */
  public double acceleration(int level) {
    return level == 0 ? 0 : properties.accelerations().get(level - 1);
  }

  /** Stopping from a speed that the decoder has come to on its way to a level, or beyond. */
  Ramp stop(int level, double from) {
    int of = Math.max(1, level);
    return new Ramp(-from, from / stopRates[of], lags[of]);
  }

  /** The mean deceleration of a stop from any speed: between the levels' by their speeds. */
  private double decelerationAt(double speed) {
    double low = 0;
    double before = deceleration(1);
    for (int level = 1; level <= TOP_LEVEL; level++) {
      double high = steadySpeed(level, Reached.FROM_BELOW);
      if (high >= speed) {
        double part = high > low ? Math.clamp((speed - low) / (high - low), 0.0, 1.0) : 1;
        return before + part * (deceleration(level) - before);
      }
      low = high;
      before = deceleration(level);
    }
    return before;
  }

  private double deceleration(int level) {
    double speed = steadySpeed(level, Reached.FROM_BELOW);
    return speed * speed / (2 * stoppingDistance(level));
  }

  /** The same one on every day and in every run: the mean of what was measured. */
  public Locomotive mean() {
    return new Locomotive(properties.with(properties.address(), decoder().mean()));
  }

  /** This locomotive's properties under another address. */
  public Locomotive withAddress(int address) {
    return new Locomotive(properties.with(address, decoder()));
  }
}
