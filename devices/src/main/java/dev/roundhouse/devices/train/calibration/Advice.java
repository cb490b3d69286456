package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.train.calibration.Calibration.Figure;
import dev.roundhouse.devices.train.calibration.Calibration.Level;
import dev.roundhouse.devices.train.calibration.Calibration.Train;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What to drive next: what would narrow the widest intervals. Good enough is what the simulation
 * holds itself to (docs/trains.md): speeds within 1 %, stops 7 %, accelerations 10 %.
 */
public final class Advice {
  private static final double GOOD_SPEED = 0.01;
  private static final double GOOD_STOP = 0.07;
  private static final double GOOD_ACCELERATION = 0.10;
  private static final double MOST_RUNS = 20;
  private static final int MOST_LINES = 6;

  /** A decoder that heeds from where a level is reached. */
  private static final double HEEDS_DIRECTION = 1.03;

  private Advice() {}

  private record Wish(double need, String text) {}

  /** For one train, what helps most first; empty when all that was driven is known well. */
  public static List<String> to(Train train) {
    List<String> lines =
        new ArrayList<>(
            train.levels().stream()
                .filter(Level::isSeen)
                .flatMap(Advice::wishes)
                .sorted(Comparator.comparingDouble(Wish::need).reversed())
                .limit(MOST_LINES)
                .map(Wish::text)
                .toList());
    List<Integer> unseen =
        train.levels().stream().filter(level -> !level.isSeen()).map(Level::level).toList();
    if (!unseen.isEmpty()) {
      lines.add(
          "not driven: levels "
              + ranges(unseen)
              + "; drive those that you use: from standstill, a lap, then stop");
    }
    return lines;
  }

  private static Stream<Wish> wishes(Level level) {
    List<Wish> wishes = new ArrayList<>();
    double speed = need(level.speed(), GOOD_SPEED);
    double stop = need(level.stop(), GOOD_STOP);
    double gain = need(level.acceleration(), GOOD_ACCELERATION);
    String name = "level " + level.level();
    if (speed > 1) {
      wishes.add(new Wish(speed, name + ": let it run for " + runs(level, speed) + " more"));
    }
    if (stop > 1) {
      String where =
          String.format(
              Locale.ROOT,
              "%s: stop %s more, each from the level's full speed; sending 0 when the next sensor is %.0f"
                  + " to %.0f mm ahead tells most",
              name,
              times(level, stop),
              0.3 * level.stop().value(),
              0.7 * level.stop().value());
      wishes.add(new Wish(stop, where));
    }
    if (gain > 1) {
      wishes.add(new Wish(gain, name + ": start from standstill " + times(level, gain) + " more"));
    }
    boolean heeds = level.fromAbove().value() > HEEDS_DIRECTION * level.speed().value();
    if (heeds && !level.fromAbove().isSeen()) {
      wishes.add(
          new Wish(0, name + ": a lap at it, reached from level 14, if you use it from above"));
    }
    return wishes.stream();
  }

  private static double need(Figure figure, double good) {
    return figure.spread() / good;
  }

  /** Intervals narrow with the root of the runs. */
  private static long more(Level level, double need) {
    double runs = Math.max(1, level.runs()) * (need * need - 1);
    return Math.round(Math.clamp(Math.ceil(runs), 1, MOST_RUNS));
  }

  private static String times(Level level, double need) {
    long more = more(level, need);
    return more == 1 ? "once" : more + " times";
  }

  private static String runs(Level level, double need) {
    long more = more(level, need);
    return more == 1 ? "a lap" : more + " laps";
  }

  private static String ranges(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      int first = i;
      while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
        i++;
      }
      text.append(text.isEmpty() ? "" : ", ").append(numbers.get(first));
      if (i > first) {
        text.append(i == first + 1 ? ", " : " to ").append(numbers.get(i));
      }
    }
    return text.toString();
  }
}
