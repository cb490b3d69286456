package dev.roundhouse.system;

import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.setup.BundledSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the bundled train control on a simulated track and reads what came of it. */
final class TrainControl {
  private static final int BOX = 3;
  private static final Pattern STOPPED =
      Pattern.compile("(\\d+) TrainStopped\\[train=(\\d+), place=(.*)]");
  private static final Pattern ARRIVED =
      Pattern.compile("\\[ *(\\d+)\\.(\\d+)] train (\\d+) stands at (\\w+)\\+0 mm");
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final Layout layout;
  private final Map<Integer, String> places = new TreeMap<>();
  private UnaryOperator<TrainSetPlan.Builder> more = UnaryOperator.identity();
  private String told = "";

  private TrainControl(Layout layout) {
    this.layout = layout;
  }

  private static String[] programs() {
    try {
      return BundledSystem.named(TrainControlTest.ENTRY).programs().toArray(String[]::new);
    } catch (UserError e) {
      throw new IllegalStateException(e);
    }
  }

  /** On Track A or B. */
  static TrainControl on(String track) {
    return new TrainControl(track.equals("a") ? Layout.trackA() : Layout.trackB());
  }

  /** A train that the program is told the place of. */
  TrainControl train(int number, String sensor) {
    places.put(number, sensor);
    told += (told.isEmpty() ? "" : ",") + number + "@" + sensor;
    return this;
  }

  /** A train that the program has to find. */
  TrainControl unknownTrain(int number, String sensor) {
    places.put(number, sensor);
    return this;
  }

  /** What else is special about the train set. */
  TrainControl with(UnaryOperator<TrainSetPlan.Builder> special) {
    more = special;
    return this;
  }

  /** A train that has come to where it was sent. */
  record Arrival(int train, String goal, double errorMm) {}

  /** What came of a script. */
  record Outcome(GuestRecord run, List<Arrival> arrivals) {}

  /** The guest, its commands separated by semicolons. */
  ProgramRun guest(String script) {
    TrainSetPlan.Builder plan = TrainSetPlan.on(layout);
    places.forEach(plan::train);
    String track = layout.name().equals("Track A") ? "a" : "b";
    return ProgramRun.bundled(TrainControlTest.ENTRY, programs())
        .arg("SCREEN", "lines")
        .arg("TRACK", track)
        .arg("TRAINS", told)
        .arg("SCRIPT", script)
        .limit(Duration.ofMinutes(30))
        .trainSet(BOX, more.apply(plan).plan());
  }

  Outcome run(String script) {
    GuestRecord run = guest(script).runOn(TestEngine.EMBEDDED);
    return new Outcome(run, arrivals(run));
  }

  private List<Arrival> arrivals(GuestRecord run) {
    Journeys journeys = new Journeys(layout);
    List<Arrival> arrivals = new ArrayList<>();
    Matcher line = ARRIVED.matcher(run.text());
    while (line.find()) {
      long at = Long.parseLong(line.group(1)) * SECOND + Long.parseLong(line.group(2)) * MILLI;
      String goal = line.group(4);
      int train = Integer.parseInt(line.group(3));
      arrivals.add(
          new Arrival(train, goal, journeys.distance(lastPlace(run, train, at + MILLI), goal)));
    }
    return arrivals;
  }

  private static String lastPlace(GuestRecord run, int train, long before) {
    String place = "";
    for (String event : run.trace()) {
      Matcher stopped = STOPPED.matcher(event);
      if (stopped.matches()
          && Integer.parseInt(stopped.group(2)) == train
          && Long.parseLong(stopped.group(1)) < before) {
        place = stopped.group(3);
      }
    }
    return place;
  }
}
