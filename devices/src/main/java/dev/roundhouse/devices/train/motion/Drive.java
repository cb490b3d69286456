package dev.roundhouse.devices.train.motion;

import dev.roundhouse.devices.train.motion.Body.Heading;
import dev.roundhouse.devices.train.motion.Locomotive.LevelChange;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import java.util.SplittableRandom;

/** A locomotive's decoder and motor: from commands to speed over time. Times are nanoseconds. */
public final class Drive {
  /** The mean deceleration without current, mm/s^2; not published, short on the real track. */
  private static final double POWER_CUT_RATE = 1200;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long DRIFT_STEP_NANOS = 1_000_000_000;
  private static final double SAME_SPEED = 1e-9;

  private final Locomotive locomotive;
  private final SplittableRandom chance;
  private final double ofTheDay;
  private final Speeding speeding = new Speeding();
  private long countedUntil;
  private int level;
  private int previousLevel;
  private Reached reached = Reached.FROM_BELOW;
  private Heading heading = Heading.FORWARD;
  private boolean turning;
  private boolean isStopping;
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
    ofTheDay = scattered(locomotive.decoder().speedSpread());
  }

  /** A factor around 1 that chance decides; 1 for a locomotive that is the table's mean. */
  private double scattered(double spread) {
    return spread == 0 ? 1 : 1 + chance.nextDouble(-spread, spread);
  }

  /** The level last commanded. */
  public int level() {
    return level;
  }

  /** Which end goes first. */
  public Heading heading() {
    return heading;
  }

  /** The same, when it will have turned round as it was told. */
  public Heading headsFor() {
    return turning ? heading.opposite() : heading;
  }

  /** The speed in mm/s. */
  public double speed(long now) {
    return speeding.speed(now);
  }

  /** Whether its wheels turn now. */
  public boolean rolls(long now) {
    return speed(now) > 0;
  }

  /** Whether it moves or is about to. */
  public boolean isMoving(long now) {
    return speeding.target() > 0 || now < speeding.settled();
  }

  /** The distance in mm since the last call of {@link #advance}, without counting it. */
  public double ahead(long now) {
    return speeding.distance(now);
  }

  /** The distance in mm since the last call. */
  public double advance(long now) {
    double distance = speeding.count(now);
    if (isMoving(now)) {
      secondsRun += (now - countedUntil) / NANOS_PER_SECOND;
    }
    countedUntil = now;
    return distance;
  }

  /** When {@code mm} more will have been covered since the last {@link #advance}. */
  public long whenCovered(double mm) {
    return speeding.whenCovered(mm);
  }

  /** When the present change of speed ends or the next begins; never is the greatest long. */
  public long nextChange() {
    if (countedUntil < speeding.settled()) {
      return speeding.settled();
    }
    return isWarming() ? driftDue : Speeding.NEVER;
  }

  private boolean isWarming() {
    return speeding.target() > 0 && secondsRun < locomotive.warmUp().seconds() && warmth() < 1;
  }

  /** What to do when {@link #nextChange} has come, after {@link #advance}. */
  public Outcome change(long now) {
    if (now < speeding.settled()) {
      return Outcome.MOVING;
    }
    if (speeding.target() > 0) {
      if (isWarming() && now >= driftDue) {
        plan(now);
      }
      return Outcome.MOVING;
    }
    boolean stoppedNow = isStopping;
    isStopping = false;
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
    boolean steadyAbove = previousLevel > newLevel && now >= speeding.settled();
    return steadyAbove || speeding.decoder(now) > fromBelow
        ? Reached.FROM_ABOVE
        : Reached.FROM_BELOW;
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

  /** Stops as fast as without current. */
  public void halt(long now) {
    previousLevel = level;
    level = 0;
    if (isMoving(now)) {
      brake(now);
    }
  }

  /** Takes or gives the current. */
  public void setCurrent(Current newCurrent, long now) {
    if (newCurrent != current) {
      current = newCurrent;
      if (current == Current.OFF) {
        brake(now);
      } else {
        plan(now);
      }
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
    speeding.set(0, now);
    isStopping = false;
  }

  private void plan(long now) {
    driftDue = now + DRIFT_STEP_NANOS;
    double target = target();
    if (current == Current.OFF || Math.abs(target - speeding.target()) < SAME_SPEED) {
      return;
    }
    boolean fromStandstill = !isMoving(now);
    speeding.hold(now);
    double before = speeding.target();
    isStopping = target == 0 && isMoving(now);
    if (target == 0 && before > 0) {
      add(scattered(locomotive.stop(previousLevel, before)), 0, now);
    } else if (target > 0) {
      LevelChange levels = new LevelChange(before == 0 ? 0 : previousLevel, level);
      double delay = fromStandstill ? locomotive.decoder().startSeconds() : 0;
      long start = now + Math.round(delay * NANOS_PER_SECOND);
      add(locomotive.change(levels, before, target), target, start);
    }
  }

  /** Without current its wheels soon stand, whatever the decoder was about. */
  private void brake(long now) {
    double speed = speed(now);
    speeding.set(speed, now);
    isStopping = speed > 0;
    if (isStopping) {
      double half = speed / POWER_CUT_RATE / 2;
      speeding.add(new Ramp(-speed, half, half), 0, now);
    }
  }

  /** A slowing train never follows faster than it still gains speed: it would roll back. */
  private void add(Ramp ramp, double target, long start) {
    double lag = ramp.difference() < 0 ? Math.max(ramp.lag(), speeding.lag(start)) : ramp.lag();
    speeding.add(new Ramp(ramp.difference(), ramp.seconds(), lag), target, start);
  }

  private Ramp scattered(Ramp stop) {
    double more = (scattered(locomotive.decoder().stopSpread()) - 1) * stop.settled();
    return new Ramp(stop.difference(), Math.max(0, stop.seconds() + more), stop.lag());
  }

  private double target() {
    return turning || current == Current.OFF ? 0 : locomotive.steadySpeed(level, reached) * scale();
  }

  private double scale() {
    return ofTheDay * factor * warmth();
  }

  private double warmth() {
    double cold = locomotive.warmUp().coldFactor();
    double part = Math.min(1, secondsRun / locomotive.warmUp().seconds());
    return cold + (1 - cold) * part;
  }
}
