package dev.roundhouse.devices.train.calibration;

import com.google.gson.JsonPrimitive;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A locomotive's figures as a vector of logarithms: for each level its speed, how much faster it is
 * from above, its acceleration and its stop; then how far the speed lags, how long a start takes,
 * and how slow it is when cold.
 */
final class Figures {
  /** What there is of each level. */
  enum Kind {
    SPEED(0),
    FROM_ABOVE(1),
    ACCELERATION(2),
    STOP(3);

    private final int place;

    Kind(int place) {
      this.place = place;
    }
  }

  static final int LEVELS = Locomotive.TOP_LEVEL;
  static final int LAG = Kind.values().length * LEVELS;
  static final int START = LAG + 1;
  static final int COLD = START + 1;
  static final int COUNT = COLD + 1;

  private static final double WARM_UP_SECONDS = 60;
  private static final double LEAST = 0.2;
  private static final double COLDEST = 0.5;

  /** Less than this is warm. */
  private static final double WARM = 0.995;

  private static final String TRIAL = "trial";
  private static final String BODY =
      "\"lengthMm\": 217, \"frontMm\": 25, \"shoeMm\": 50, \"reverseOffsetMm\": 120,\n";

  private Figures() {}

  static int index(Kind kind, int level) {
    return kind.place * LEVELS + level - 1;
  }

  /** Of which kind the figure of a level is. */
  static Kind kind(int index) {
    return EnumSet.allOf(Kind.class).stream()
        .filter(kind -> kind.place == index / LEVELS)
        .findFirst()
        .orElseThrow();
  }

  static double[] of(Locomotive locomotive) {
    double[] logs = new double[COUNT];
    for (int level = 1; level <= LEVELS; level++) {
      double below = locomotive.steadySpeed(level, Reached.FROM_BELOW);
      logs[index(Kind.SPEED, level)] = Math.log(below);
      logs[index(Kind.FROM_ABOVE, level)] =
          Math.log(locomotive.steadySpeed(level, Reached.FROM_ABOVE) / below);
      logs[index(Kind.ACCELERATION, level)] = Math.log(locomotive.acceleration(level));
      logs[index(Kind.STOP, level)] = Math.log(locomotive.stoppingDistance(level));
    }
    logs[LAG] = Math.log(locomotive.decoder().lagSeconds());
    logs[START] = Math.log(locomotive.decoder().startSeconds());
    logs[COLD] = Math.log(locomotive.warmUp().coldFactor());
    return logs;
  }

  /** A locomotive of these figures that is the same in every run. */
  static Locomotive locomotive(int address, double[] logs) {
    String entry =
        "{\"scatter\": \"none\", \"decoders\": ["
            + decoder(address, logs, TRIAL)
            + "], \"locomotives\": ["
            + entry(address, logs, TRIAL, "")
            + "]}";
    return LocomotiveCatalog.parse(TRIAL, entry).get(address);
  }

  /** What a file says of the decoder of {@link #entry}. */
  static String decoder(int address, double[] logs, String source) {
    return String.format(
        Locale.ROOT,
        "    {\"name\": \"decoder-%d\", \"source\": %s,\n     \"startSeconds\": %.4f,"
            + " \"lagSeconds\": %.4f, \"speedSpread\": 0.02, \"stopSpread\": 0.03}",
        address,
        new JsonPrimitive(source),
        Math.exp(logs[START]),
        Math.exp(logs[LAG]));
  }

  /**
   * What a file says of a locomotive.
   *
   * @param more further fields, each followed by a comma
   */
  static String entry(int address, double[] logs, String source, String more) {
    double cold = Math.clamp(Math.exp(logs[COLD]), COLDEST, 1);
    String warmUp =
        cold > WARM
            ? ""
            : String.format(
                Locale.ROOT,
                "      \"warmUp\": {\"coldFactor\": %.5f, \"seconds\": %.0f},\n",
                cold,
                WARM_UP_SECONDS);
    return "    {\n      \"address\": "
        + address
        + ", \"decoder\": \"decoder-"
        + address
        + "\",\n      \"source\": "
        + new JsonPrimitive(source)
        + ",\n      "
        + BODY
        + list("speedsFromBelow", Kind.SPEED, logs)
        + list("speedsFromAbove", Kind.FROM_ABOVE, logs)
        + list("accelerations", Kind.ACCELERATION, logs)
        + list("stoppingDistances", Kind.STOP, logs)
        + warmUp
        + more
        + "      \"deadZones\": {\"commands\": \"heard-later\"}\n    }";
  }

  private static String list(String name, Kind kind, double[] logs) {
    return IntStream.rangeClosed(1, LEVELS)
        .mapToObj(level -> String.format(Locale.ROOT, "%.4f", value(kind, level, logs)))
        .collect(Collectors.joining(", ", "      \"" + name + "\": [", "],\n"));
  }

  static double value(Kind kind, int level, double[] logs) {
    double log = logs[index(kind, level)];
    double more = kind == Kind.FROM_ABOVE ? logs[index(Kind.SPEED, level)] : 0;
    return Math.max(LEAST, Math.exp(log + more));
  }

  static double[] plus(double[] logs, int index, double step) {
    double[] copy = Arrays.copyOf(logs, logs.length);
    copy[index] += step;
    return copy;
  }
}
