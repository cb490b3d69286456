package dev.roundhouse.devices.train.motion;

import dev.roundhouse.devices.train.motion.Body.Heading;
import dev.roundhouse.devices.train.motion.Locomotive.LevelChange;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import java.util.SplittableRandom;

/** A locomotive's decoder and motor: from commands to speed over time. Times are nanoseconds. */
public final class Drive {
  /** The mean deceleration without current, mm/s^2; not published, short on the real track. */
  private static final double POWER_CUT_RATE = 1200;

  /**
   * Stops from one speed differ by about this part of their distance (laser measurements in
   * github.com/eadanila/cs452, calibration data).
   */
  private static final double STOP_SPREAD = 0.01;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long DRIFT_STEP_NANOS = 1_000_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final Locomotive locomotive;
  private final SplittableRandom chance;
  private SpeedPhase phase = SpeedPhase.STANDING;
  private long phaseStart;
  private double counted;
  private long countedUntil;
  private int level;
  private int previousLevel;
  private Reached reached = Reached.FROM_BELOW;
  private Heading heading = Heading.FORWARD;
  private boolean turning;
  private Current current = Current.ON;
  private double factor = 1;
  private double secondsRun;
  private long driftDue;

  /** Whether the motor has current. */
  public enum Current {
    /** From the rails. */
    ON,
    /** None: it stops at once, and its decoder keeps what it was told. */
    OFF
  }

  /** What came of the end of a change. */
  public enum Outcome {
    /** It goes on. */
    MOVING,
    /** It has come to a standstill. */
    STOPPED,
    /** It has come to a standstill and turned round. */
    TURNED
  }

  /** A locomotive that stands. */
  public Drive(Locomotive locomotive, SplittableRandom chance) {
    this.locomotive = locomotive;
    this.chance = chance;
  }

  /** The level last commanded. */
  public int level() {
    return level;
  }

  /** Which end goes first. */
  public Heading heading() {
    return heading;
  }

  /** The speed in mm/s. */
  public double speed(long now) {
    return phase.speed(secondsSince(now));
  }

  /** Whether its wheels turn now. */
  public boolean rolls(long now) {
    return speed(now) > 0;
  }

  /** Whether it moves or is about to. */
  public boolean isMoving(long now) {
    return phase.to() > 0 || speed(now) > 0;
  }

  /** The distance in mm since the last call of {@link #advance}, without counting it. */
  public double ahead(long now) {
    return phase.distance(secondsSince(now)) - counted;
  }

  /** The distance in mm since the last call. */
  public double advance(long now) {
    double distance = ahead(now);
    counted += distance;
    if (isMoving(now)) {
      secondsRun += (now - countedUntil) / NANOS_PER_SECOND;
    }
    countedUntil = now;
    return distance;
  }

  /** When {@code mm} more will have been covered since the last {@link #advance}. */
  public long whenCovered(double mm) {
    return at(phase.secondsTo(counted + mm));
  }

  /** When the present change of speed ends or the next begins; never is the greatest long. */
  public long nextChange() {
    long end = at(phase.seconds());
    if (countedUntil < end) {
      return end;
    }
    return isWarming() ? driftDue : NEVER;
  }

  private boolean isWarming() {
    return phase.to() > 0 && secondsRun < locomotive.warmUp().seconds() && warmth() < 1;
  }

  /** What to do when {@link #nextChange} has come, after {@link #advance}. */
  public Outcome change(long now) {
    if (now < at(phase.seconds())) {
      return Outcome.MOVING;
    }
    if (phase.to() > 0) {
      if (isWarming() && now >= driftDue) {
        plan(now);
      }
      return Outcome.MOVING;
    }
    boolean stoppedNow = phase.from() > 0;
    start(SpeedPhase.STANDING, now);
    if (turning) {
      turning = false;
      heading = heading.opposite();
      plan(now);
      return Outcome.TURNED;
    }
    return stoppedNow ? Outcome.STOPPED : Outcome.MOVING;
  }

  /** Takes a speed command, 0 to 14, after {@link #advance}. */
  public void command(int newLevel, long now) {
    if (newLevel != level) {
      previousLevel = level;
      level = newLevel;
      reached = reaching(newLevel, now);
    }
    plan(now);
  }

  /** A level is reached from above by a train that is faster, or steady at a higher level. */
  private Reached reaching(int newLevel, long now) {
    double fromBelow = locomotive.steadySpeed(newLevel, Reached.FROM_BELOW) * scale();
    boolean steadyAbove = previousLevel > newLevel && now >= at(phase.seconds());
    return steadyAbove || speed(now) > fromBelow ? Reached.FROM_ABOVE : Reached.FROM_BELOW;
  }

  /** Takes a change of direction: it stops, turns round and stands until a new speed comes. */
  public Outcome reverse(long now) {
    previousLevel = level;
    level = 0;
    if (!isMoving(now)) {
      heading = heading.opposite();
      return Outcome.TURNED;
    }
    turning = !turning;
    plan(now);
    return Outcome.MOVING;
  }

  /** Takes or gives the current. */
  public void setCurrent(Current newCurrent, long now) {
    if (newCurrent != current) {
      current = newCurrent;
      plan(now);
    }
  }

  /** Makes it run at a part of its speed. */
  public void setFactor(double newFactor, long now) {
    if (newFactor != factor) {
      factor = newFactor;
      plan(now);
    }
  }

  /** Something holds it: it stands at once. */
  public void stand(long now) {
    start(SpeedPhase.STANDING, now);
  }

  private void plan(long now) {
    double speed = speed(now);
    double target = target();
    if (speed == target) {
      start(SpeedPhase.steady(speed), now);
    } else if (target > 0) {
      int fromLevel = speed == 0 ? 0 : previousLevel;
      start(locomotive.change(new LevelChange(fromLevel, level), speed, target), now);
    } else if (current == Current.OFF) {
      start(SpeedPhase.atRate(speed, 0, POWER_CUT_RATE), now);
    } else if (phase.to() > 0) {
      start(stop(speed, now), now);
    }
    // Else it is stopping already.
  }

  private SpeedPhase stop(double speed, long now) {
    boolean steady = previousLevel > 0 && now >= at(phase.seconds());
    SpeedPhase stop = steady ? locomotive.stop(previousLevel, speed) : locomotive.stop(speed);
    double spread = 1 + chance.nextDouble(-STOP_SPREAD, STOP_SPREAD);
    return new SpeedPhase(stop.from(), 0, stop.seconds() * spread, stop.shape());
  }

  private double target() {
    return turning || current == Current.OFF ? 0 : locomotive.steadySpeed(level, reached) * scale();
  }

  private double scale() {
    return factor * warmth();
  }

  private double warmth() {
    double cold = locomotive.warmUp().coldFactor();
    double part = Math.min(1, secondsRun / locomotive.warmUp().seconds());
    return cold + (1 - cold) * part;
  }

  private void start(SpeedPhase next, long now) {
    phase = next;
    phaseStart = now;
    driftDue = now + DRIFT_STEP_NANOS;
    counted = 0;
    countedUntil = now;
  }

  private double secondsSince(long now) {
    return (now - phaseStart) / NANOS_PER_SECOND;
  }

  /** Rounded up, so that what is waited for has happened then. */
  private long at(double seconds) {
    double nanos = Math.ceil(seconds * NANOS_PER_SECOND);
    return nanos < NEVER - phaseStart ? phaseStart + (long) nanos : NEVER;
  }
}
