package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import java.util.List;
import java.util.OptionalLong;

/**
 * What goes wrong, and when.
 *
 * @param document the plan as JSON text: parsed, it gives the same plan
 */
public record FaultPlan(List<Entry> entries, String document) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double LATEST_SECONDS = 1e9;
  private static final int MOST_ENTRIES = 1000;
  private static final int TURNOUTS = 256;
  private static final int LOCOMOTIVES = 80;
  private static final int LONGEST_THROW_MILLIS = 60_000;
  private static final double SHORTEST_GHOST_SECONDS = 0.01;
  private static final double SLOWEST = 0.01;

  /** How long a box that restarts is off unless the plan says otherwise. */
  private static final double RESTART_SECONDS = 10;

  /** Nothing goes wrong. */
  public static final FaultPlan NONE = parse("no faults", "{\"faults\": []}");

  /**
   * One fault.
   *
   * @param fromNanos when it begins
   * @param untilNanos when it ends, if it does
   */
  public record Entry(Fault fault, long fromNanos, OptionalLong untilNanos) {}

  /** Copies the list. */
  public FaultPlan {
    entries = List.copyOf(entries);
  }

  /**
   * The plan of a file.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException if it describes none
   */
  public static FaultPlan parse(String file, String text) {
    Fields fields = JsonFile.parse(file, text);
    fields.only("$schema", "faults");
    var _ = fields.optionalText("$schema");
    List<Fields> faults = fields.objects("faults");
    if (faults.size() > MOST_ENTRIES) {
      throw fields.wrong("more than " + MOST_ENTRIES + " faults");
    }
    return new FaultPlan(faults.stream().map(FaultPlan::entry).toList(), fields.document());
  }

  private static Entry entry(Fields fields) {
    double from = fields.number("fromSeconds", 0, 0, LATEST_SECONDS);
    Fault fault = fault(fields);
    OptionalLong until = OptionalLong.empty();
    if (fields.has("untilSeconds") || fault instanceof Fault.BoxRestarted) {
      double restarted = Math.min(from + RESTART_SECONDS, LATEST_SECONDS);
      until =
          OptionalLong.of(nanos(fields.number("untilSeconds", restarted, from, LATEST_SECONDS)));
    }
    return new Entry(fault, nanos(from), until);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS_PER_SECOND);
  }

  private static Fault fault(Fields fields) {
    return switch (fields.text("fault")) {
      case "stuck-turnout" -> new Fault.StuckTurnout(turnout(only(fields, "turnout")));
      case "slow-turnout" ->
          new Fault.SlowTurnout(
              turnout(only(fields, "turnout", "millis")),
              fields.integer("millis", 1, LONGEST_THROW_MILLIS));
      case "dead-sensor" -> new Fault.DeadSensor(only(fields, "sensor").text("sensor"));
      case "ghost-sensor" ->
          new Fault.GhostSensor(
              only(fields, "sensor", "everySeconds").text("sensor"),
              fields.number("everySeconds", SHORTEST_GHOST_SECONDS, LATEST_SECONDS));
      case "closed-sensor" -> new Fault.ClosedSensor(only(fields, "sensor").text("sensor"));
      case "missed-commands" ->
          new Fault.MissedCommands(only(fields, "chance").number("chance", 0, 1));
      case "lost-bytes" -> new Fault.LostBytes(only(fields, "chance").number("chance", 0, 1));
      case "dirty-track" ->
          new Fault.DirtyTrack(
              only(fields, "from", "to", "speedFactor").text("from"),
              fields.text("to"),
              fields.number("speedFactor", SLOWEST, 1));
      case "slow-locomotive" ->
          new Fault.SlowLocomotive(
              only(fields, "train", "speedFactor").integer("train", 1, LOCOMOTIVES),
              fields.number("speedFactor", SLOWEST, 1));
      case "box-off" -> nothingElse(fields, new Fault.BoxOff());
      case "cable-pulled" -> nothingElse(fields, new Fault.CablePulled());
      case "short-circuit" -> nothingElse(fields, new Fault.ShortCircuit());
      case "overload" ->
          new Fault.Overload(only(fields, "trains").integer("trains", 1, LOCOMOTIVES));
      default -> onCan(fields);
    };
  }

  private static Fault onCan(Fields fields) {
    return switch (fields.text("fault")) {
      case "frame-lost" -> new Fault.FrameLost(only(fields, "chance").number("chance", 0, 1));
      case "bus-error" -> new Fault.BusError(only(fields, "chance").number("chance", 0, 1));
      case "bus-off" -> nothingElse(fields, new Fault.BusOff());
      case "second-station-silent" -> nothingElse(fields, new Fault.SecondStationSilent());
      case "box-restarted" -> nothingElse(fields, new Fault.BoxRestarted());
      default ->
          throw fields.wrong(
              "\"fault\" must be stuck-turnout, slow-turnout, dead-sensor, ghost-sensor,"
                  + " closed-sensor, missed-commands, lost-bytes, dirty-track, slow-locomotive,"
                  + " box-off, cable-pulled, short-circuit, overload, frame-lost, bus-error,"
                  + " bus-off, second-station-silent or box-restarted");
    };
  }

  private static Fault nothingElse(Fields fields, Fault fault) {
    only(fields);
    return fault;
  }

  private static Fields only(Fields fields, String... names) {
    String[] all = new String[names.length + 3];
    System.arraycopy(names, 0, all, 0, names.length);
    all[names.length] = "fault";
    all[names.length + 1] = "fromSeconds";
    all[names.length + 2] = "untilSeconds";
    fields.only(all);
    return fields;
  }

  private static int turnout(Fields fields) {
    return fields.integer("turnout", 1, TURNOUTS);
  }
}
