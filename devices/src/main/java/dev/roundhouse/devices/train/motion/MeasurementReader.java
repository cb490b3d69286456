package dev.roundhouse.devices.train.motion;

import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.train.motion.Measurement.Quantity;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads what a locomotive's file says was measured. */
final class MeasurementReader {
  private static final double GREATEST = 100_000;

  private MeasurementReader() {}

  static Measurement read(Fields fields) {
    Quantity what = quantity(fields);
    fields.only("what", "level", "from", "seconds", "values", "source", "unused");
    boolean timed = what == Quantity.START_DISTANCE || what == Quantity.SHORT_MOVE;
    return new Measurement(
        what,
        fields.integer("level", 1, Locomotive.TOP_LEVEL),
        what == Quantity.LEVEL_CHANGE ? fields.integer("from", 1, Locomotive.TOP_LEVEL) : 0,
        timed ? fields.number("seconds", 0, GREATEST) : 0,
        fields.numbers("values", 0, GREATEST),
        fields.text("source"),
        fields.optionalText("unused"));
  }

  private static Quantity quantity(Fields fields) {
    String name = fields.text("what");
    return Arrays.stream(Quantity.values())
        .filter(what -> name(what).equals(name))
        .findFirst()
        .orElseThrow(() ->
            fields.wrong(
                "\"what\" must be "
                    + Arrays.stream(Quantity.values())
                        .map(MeasurementReader::name)
                        .collect(Collectors.joining(", "))));
  }

  private static String name(Quantity what) {
    return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
