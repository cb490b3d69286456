package dev.roundhouse.cli.demo;

import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.track.TrackDistance;
import dev.roundhouse.emulator.input.TrainWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares what the train control says of its trains with where they really are. */
final class JourneyLog implements TrainWatcher {
  private static final Pattern ARRIVED =
      Pattern.compile("\\[ *([\\d.]+)] train (\\d+) stands at (\\w+)\\+0 mm: (-?\\d+) mm off.*");
  private static final Pattern PREDICTED =
      Pattern.compile("\\[.*] (train \\d+: \\d+ sensors, predicted .*)");

  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<String> predictions = new ArrayList<>();
  private @Nullable TrackSnapshot latest;

  /** A train that stands where it was sent, or nearly. */
  private record Arrival(
      String seconds, String train, String goal, String estimatedMm, double reallyMm) {}

  @Override
  public void look(long nanos, Supplier<TrackSnapshot> trains) {
    latest = trains.get();
  }

  /** The track as it was last seen, if it was seen. */
  @Nullable TrackSnapshot latest() {
    return latest;
  }

  /** Takes a line that the train control has written. */
  void line(String line) {
    Matcher arrived = ARRIVED.matcher(line);
    Matcher predicted = PREDICTED.matcher(line);
    if (arrived.matches()) {
      String train = arrived.group(2);
      String goal = arrived.group(3);
      arrivals.add(
          new Arrival(arrived.group(1), train, goal, arrived.group(4), reallyFrom(goal, train)));
    } else if (predicted.matches()) {
      predictions.add(predicted.group(1));
    }
  }

  private double reallyFrom(String goal, String train) {
    TrackSnapshot track = latest;
    if (track == null) {
      return Double.NaN;
    }
    int number = Integer.parseInt(train);
    TrackDistance distance = new TrackDistance(track.layout());
    return track.trains().stream()
        .filter(view -> view.number() == number)
        .flatMapToDouble(view ->
            track.layout().node(goal).stream()
                .flatMapToDouble(node -> distance.between(view.pickUp(), node).stream()))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** What came of all journeys, a line each. */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add("     time  train  sent to  off by, estimated  really");
    for (Arrival arrival : arrivals) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%7s s  %5s  %7s  %14s mm %4.0f mm",
              arrival.seconds,
              arrival.train,
              arrival.goal,
              arrival.estimatedMm,
              arrival.reallyMm));
    }
    lines.addAll(predictions);
    return lines;
  }
}
