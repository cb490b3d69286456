package dev.roundhouse.devices.train.motion;

import java.util.ArrayList;
import java.util.List;

/**
 * A train's speed over time: a steady speed and the {@link Ramp}s that are not over. Speed and
 * distance are sums of their formulas; times are nanoseconds.
 */
final class Speeding {
  static final long NEVER = Long.MAX_VALUE;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MOST_STEPS = 60;

  /** Nearer than this is there. */
  private static final double EXACT_MM = 1e-6;

  private final List<Started> ramps = new ArrayList<>();
  private double steady;
  private double decoder;
  private long counted;
  private long settled;

  /** A ramp with the distance that was counted of it. */
  private record Started(Ramp ramp, long start, double counted) {
    double seconds(long now) {
      return (now - start) / NANOS_PER_SECOND;
    }
  }

  /** The speed that the decoder makes for now. */
  double decoder(long now) {
    if (now >= settled) {
      return decoder;
    }
    double sum = steady;
    for (Started started : ramps) {
      sum += started.ramp.ofDecoder(started.seconds(now));
    }
    return sum;
  }

  /** The speed that all ends in. */
  double target() {
    return decoder;
  }

  /** When it will be steady, or was. */
  long settled() {
    return settled;
  }

  /** The longest lag of a ramp that is not over. */
  double lag(long now) {
    double longest = 0;
    for (Started started : ramps) {
      if (started.seconds(now) < started.ramp.settled()) {
        longest = Math.max(longest, started.ramp.lag());
      }
    }
    return longest;
  }

  double speed(long now) {
    if (now >= settled) {
      return decoder;
    }
    double sum = steady;
    for (Started started : ramps) {
      sum += started.ramp.speed(started.seconds(now));
    }
    return Math.max(0, sum);
  }

  /** The distance since it was last counted. */
  double distance(long now) {
    double sum = steady * ((now - counted) / NANOS_PER_SECOND);
    for (Started started : ramps) {
      sum += started.ramp.distance(started.seconds(now)) - started.counted;
    }
    return Math.max(0, sum);
  }

  /** The distance since the last time, counted. */
  double count(long now) {
    double distance = distance(now);
    counted = now;
    if (now >= settled) {
      ramps.clear();
      steady = decoder;
      return distance;
    }
    for (int i = ramps.size() - 1; i >= 0; i--) {
      Started started = ramps.get(i);
      double seconds = started.seconds(now);
      if (seconds >= started.ramp.settled()) {
        ramps.remove(i);
        steady += started.ramp.difference();
      } else {
        ramps.set(i, new Started(started.ramp, started.start, started.ramp.distance(seconds)));
      }
    }
    return distance;
  }

  /** From now on, counted to here, the decoder changes no more. */
  void hold(long now) {
    decoder = decoder(now);
    settled = now;
    for (int i = ramps.size() - 1; i >= 0; i--) {
      Started started = ramps.get(i);
      Ramp cut = started.ramp.cutAfter(started.seconds(now));
      if (cut.difference() == 0) {
        ramps.remove(i);
      } else {
        ramps.set(i, new Started(cut, started.start, started.counted));
        settled = Math.max(settled, at(started.start, cut.settled()));
      }
    }
  }

  /** After {@link #hold}, a ramp that starts so much later and ends at this speed. */
  void add(Ramp ramp, double target, long start) {
    ramps.add(new Started(ramp, start, 0));
    decoder = target;
    settled = Math.max(settled, at(start, ramp.settled()));
  }

  /** It has this speed at once. */
  void set(double speed, long now) {
    ramps.clear();
    steady = speed;
    decoder = speed;
    counted = now;
    settled = now;
  }

  /** When {@code mm} more will have been covered since the last count, rounded up. */
  long whenCovered(double mm) {
    double atSettled = counted >= settled ? 0 : distance(settled);
    if (mm >= atSettled) {
      double rest = mm - atSettled;
      long from = Math.max(counted, settled);
      return decoder <= 0 ? rest > 0 ? NEVER : from : at(from, rest / decoder);
    }
    double early = 0;
    double late = (settled - counted) / NANOS_PER_SECOND;
    double guess = late / 2;
    for (int i = 0; i < MOST_STEPS; i++) {
      long then = at(counted, guess);
      double over = distance(then) - mm;
      if (Math.abs(over) < EXACT_MM) {
        break;
      }
      if (over < 0) {
        early = guess;
      } else {
        late = guess;
      }
      double newton = guess - over / speed(then);
      guess = newton > early && newton < late ? newton : (early + late) / 2;
    }
    return at(counted, guess);
  }

  /** Rounded up, so that what is waited for has happened then. */
  private static long at(long start, double seconds) {
    double nanos = Math.ceil(seconds * NANOS_PER_SECOND);
    return nanos < NEVER - start ? start + (long) nanos : NEVER;
  }
}
