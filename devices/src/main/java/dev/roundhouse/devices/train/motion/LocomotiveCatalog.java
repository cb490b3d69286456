package dev.roundhouse.devices.train.motion;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import dev.roundhouse.devices.train.layout.BoxKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Known locomotives, by address. */
public final class LocomotiveCatalog {
  private static final int HIGHEST_ADDRESS = 80;
  private static final int SMALLEST_COUNT = 1;
  private static final double LONGEST_MM = 10_000;
  private static final double FASTEST = 5_000;
  private static final double SLOWEST = 0.1;
  private static final double LONGEST_WARM_UP = 86_400;
  private static final double LONGEST_DECODER_SECONDS = 60;
  private static final double GREATEST_SPREAD = 0.5;
  private static final double STALLS_BELOW = 20;
  private static final String NO_SCATTER = "none";
  private static final double STALL_CHANCE = 0.05;

  private final SortedMap<Integer, Locomotive> byAddress = new TreeMap<>();

  private final Fields file;

  private LocomotiveCatalog(Fields file) {
    this.file = file;
    file.only("$schema", "scatter", "decoders", "locomotives");
    var _ = file.optionalText("$schema");
    SortedMap<String, Decoder> decoders = decoders(file);
    for (Fields fields : file.objects("locomotives")) {
      Locomotive read = read(fields, decoders);
      Locomotive locomotive = isMean() ? read.mean() : read;
      if (byAddress.put(locomotive.address(), locomotive) != null) {
        throw fields.wrong("there are two locomotives " + locomotive.address());
      }
    }
    if (byAddress.size() < SMALLEST_COUNT) {
      throw file.wrong("no locomotives");
    }
  }

  /**
   * The University of Waterloo's locomotives as teams have measured them: with a 6051 those of the
   * years until 2025, with a CS3 those since 2026 and the older ones, of which one has a number
   * that was given again.
   */
  public static LocomotiveCatalog shipped(BoxKind box) {
    Fields until2025 = JsonFile.shipped("train/locomotives.json");
    if (box == BoxKind.SERIAL_6051) {
      return new LocomotiveCatalog(until2025);
    }
    SortedMap<Integer, String> all = new TreeMap<>();
    List<String> decoders = new ArrayList<>();
    for (Fields file : List.of(until2025, JsonFile.shipped("train/locomotives-2026.json"))) {
      file.objects("decoders").forEach(kind -> decoders.add(kind.document()));
      for (Fields entry : file.objects("locomotives")) {
        all.put(entry.integer("address", 1, HIGHEST_ADDRESS), entry.document());
      }
    }
    return parse(
        "the shipped locomotives",
        "{\"decoders\": ["
            + String.join(",", decoders)
            + "], \"locomotives\": ["
            + String.join(",", all.values())
            + "]}");
  }

  /**
   * The locomotives of a file.
   *
   * @throws DescriptionException if it describes none
   */
  public static LocomotiveCatalog parse(String file, String text) {
    return new LocomotiveCatalog(JsonFile.parse(file, text));
  }

  private boolean isMean() {
    if (file.has("scatter") && !file.text("scatter").equals(NO_SCATTER)) {
      throw file.wrong("\"scatter\" must be none, or not there");
    }
    return file.has("scatter");
  }

  /** The same on every day and in every run: the means of what was measured. */
  public LocomotiveCatalog mean() {
    String scatter = "{\"scatter\": \"" + NO_SCATTER + "\", ";
    return isMean() ? this : parse("locomotives", document().replaceFirst("\\{", scatter));
  }

  /** The locomotives' file as JSON text: parsed, it gives the same locomotives. */
  public String document() {
    return file.document();
  }

  /**
   * A locomotive.
   *
   * @throws DescriptionException if there is none of this address; the message lists those there
   *     are
   */
  public Locomotive get(int address) {
    Locomotive locomotive = byAddress.get(address);
    if (locomotive == null) {
      String known =
          byAddress.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
      throw new DescriptionException("no locomotive " + address + " is known; known are " + known);
    }
    return locomotive;
  }

  /** All of them by ascending address. */
  public Collection<Locomotive> all() {
    return Collections.unmodifiableCollection(byAddress.values());
  }

  private static Locomotive read(Fields entry, SortedMap<String, Decoder> decoders) {
    int address = entry.integer("address", 1, HIGHEST_ADDRESS);
    Fields fields = entry.known("locomotive " + address);
    fields.only(
        "address",
        "source",
        "decoder",
        "lengthMm",
        "frontMm",
        "shoeMm",
        "reverseOffsetMm",
        "speedsFromBelow",
        "speedsFromAbove",
        "accelerations",
        "stoppingDistances",
        "levelChanges",
        "warmUp",
        "deadZones",
        "measured",
        "measuredLevels",
        "measuredStops");
    var _ = fields.optionalText("source");
    checkLevels(fields, "measuredLevels");
    checkLevels(fields, "measuredStops");
    return new Locomotive(
        new Locomotive.Properties(
            address,
            body(fields),
            decoder(fields, decoders),
            perLevel(fields, "speedsFromBelow", FASTEST),
            perLevel(fields, "speedsFromAbove", FASTEST),
            perLevel(fields, "accelerations", LONGEST_MM),
            perLevel(fields, "stoppingDistances", LONGEST_MM),
            levelChanges(fields),
            warmUp(fields),
            deadZones(fields),
            fields.has("measured")
                ? fields.objects("measured").stream().map(MeasurementReader::read).toList()
                : List.of()));
  }

  private static SortedMap<String, Decoder> decoders(Fields file) {
    SortedMap<String, Decoder> decoders = new TreeMap<>();
    if (file.has("decoders")) {
      for (Fields kind : file.objects("decoders")) {
        kind.only("name", "source", "startSeconds", "lagSeconds", "speedSpread", "stopSpread");
        var _ = kind.optionalText("source");
        Decoder decoder =
            new Decoder(
                kind.number("startSeconds", 0, LONGEST_DECODER_SECONDS),
                kind.number("lagSeconds", 0, LONGEST_DECODER_SECONDS),
                kind.number("speedSpread", 0, GREATEST_SPREAD),
                kind.number("stopSpread", 0, GREATEST_SPREAD));
        if (decoders.put(kind.text("name"), decoder) != null) {
          throw kind.wrong("there are two decoders of this name");
        }
      }
    }
    return decoders;
  }

  private static Decoder decoder(Fields fields, SortedMap<String, Decoder> decoders) {
    if (!fields.has("decoder")) {
      return Decoder.USUAL;
    }
    Decoder decoder = decoders.get(fields.text("decoder"));
    if (decoder == null) {
      throw fields.wrong("\"decoder\" names none of the file's \"decoders\"");
    }
    return decoder;
  }

  private static Body body(Fields fields) {
    double length = fields.number("lengthMm", 1, LONGEST_MM);
    double front = fields.number("frontMm", 0, length);
    double reverseOffset = fields.number("reverseOffsetMm", 0, length);
    double shoe = fields.number("shoeMm", 1, length);
    if (front + reverseOffset > length || front + shoe > length || shoe > front + reverseOffset) {
      throw fields.wrong("\"frontMm\", \"reverseOffsetMm\" and \"shoeMm\" do not fit its length");
    }
    return new Body(length, front, shoe, reverseOffset);
  }

  private static List<Double> perLevel(Fields fields, String name, double most) {
    List<Double> values = fields.numbers(name, SLOWEST, most);
    if (values.size() != Locomotive.TOP_LEVEL) {
      throw fields.wrong(
          "\"" + name + "\" must have 14 entries, levels 1 to 14, not " + values.size());
    }
    return List.copyOf(values);
  }

  /** Older files have these lists; what was measured is in "measured" now. */
  private static void checkLevels(Fields fields, String name) {
    if (fields.has(name)) {
      var _ = fields.integers(name, 1, Locomotive.TOP_LEVEL);
    }
  }

  private static SortedMap<Locomotive.LevelChange, Double> levelChanges(Fields fields) {
    SortedMap<Locomotive.LevelChange, Double> changes = new TreeMap<>();
    if (fields.has("levelChanges")) {
      for (Fields change : fields.objects("levelChanges")) {
        change.only("from", "to", "mmPerS2");
        changes.put(
            new Locomotive.LevelChange(
                change.integer("from", 1, Locomotive.TOP_LEVEL),
                change.integer("to", 1, Locomotive.TOP_LEVEL)),
            change.number("mmPerS2", 1, LONGEST_MM));
      }
    }
    return changes;
  }

  private static Locomotive.WarmUp warmUp(Fields fields) {
    if (!fields.has("warmUp")) {
      return Locomotive.WarmUp.NONE;
    }
    Fields warmUp = fields.object("warmUp");
    warmUp.only("coldFactor", "seconds");
    return new Locomotive.WarmUp(
        warmUp.number("coldFactor", SLOWEST, 1), warmUp.number("seconds", 1, LONGEST_WARM_UP));
  }

  private static Locomotive.DeadZones deadZones(Fields fields) {
    Fields zones = fields.object("deadZones");
    zones.only("commands", "stallsBelow", "stallChance");
    Locomotive.InDeadZone commands =
        switch (zones.text("commands")) {
          case "heard-later" -> Locomotive.InDeadZone.HEARD_LATER;
          case "lost" -> Locomotive.InDeadZone.LOST;
          default -> throw zones.wrong("\"commands\" must be heard-later or lost");
        };
    return new Locomotive.DeadZones(
        commands,
        zones.number("stallsBelow", STALLS_BELOW, 0, FASTEST),
        zones.number("stallChance", STALL_CHANCE, 0, 1));
  }
}
