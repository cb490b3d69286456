package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import dev.roundhouse.devices.train.box.Trackside.Turning;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import java.util.List;

/**
 * What of a Central Station 3 nobody has published, or varies; times are nanoseconds.
 *
 * @param uid of its track processor
 * @param answerNanos from the end of a command to its answer
 * @param answerHash whose hash answers bear
 * @param contactCycleNanos how often contacts are looked at
 * @param contactDevice the upper half of contacts' numbers
 * @param closedState what a closed contact is reported as
 * @param coilNanos how long an accessory's coil has current
 * @param coilEnd what is told of its end
 * @param powerAtStart of the rails
 * @param unaskedNanos how often it asks who is there; 0 for never
 * @param speedZero whether a change of direction is answered by speed 0 too
 * @param turning when a locomotive that is told another direction turns round
 * @param document the same as JSON text: parsed, it gives the same
 */
public record StationSettings(
    int uid,
    long answerNanos,
    AnswerHash answerHash,
    long contactCycleNanos,
    int contactDevice,
    int closedState,
    long coilNanos,
    CoilEnd coilEnd,
    Power powerAtStart,
    long unaskedNanos,
    SpeedZero speedZero,
    Turning turning,
    String document) {
  private static final List<String> FIELDS =
      List.of(
          "$schema",
          "source",
          "box",
          "uid",
          "answerMicros",
          "answerHash",
          "contactCycleMillis",
          "contactDevice",
          "closedState",
          "coilMillis",
          "coilEnd",
          "powerAtStart",
          "unaskedSeconds",
          "speedZero",
          "turning");

  /** As captures, kernels and other simulations of it have it; docs/can.md names them. */
  public static final StationSettings DEFAULT =
      read(JsonFile.parse("the station", "{\"box\": \"cs3\"}"));

  private static final long NANOS_PER_MICRO = 1000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private static final int MOST_MICROS = 1_000_000;
  private static final int ANSWER_MICROS = 300;
  private static final double SHORTEST_CYCLE_MILLIS = 10;
  private static final double LONGEST_CYCLE_MILLIS = 1000;
  private static final double CYCLE_MILLIS = 100;
  private static final double LONGEST_COIL_MILLIS = 163_000;
  private static final double COIL_MILLIS = 1000;
  private static final double LONGEST_PAUSE_SECONDS = 86_400;
  private static final double PAUSE_SECONDS = 11.5;
  private static final long MOST_DEVICE = 0xFFFF;
  private static final long TRACK_PROCESSOR = 0x4353_A442L;
  private static final int CLOSED = 1;
  private static final int CLOSED_BY_THE_BOOK = 255;

  /** Whose hash answers bear. */
  public enum AnswerHash {
    /** The station's. */
    OWN,
    /** That of the command, as simulations do. */
    ASKER
  }

  /** What is told when a coil is switched off by time. */
  public enum CoilEnd {
    /** The response, with current 0. */
    RESPONSE,
    /** A command with current 0, and its response a millisecond later. */
    COMMAND_AND_RESPONSE,
    /** The response to the command again, unchanged. */
    SAME_RESPONSE,
    /** Nothing. */
    NOTHING
  }

  /** Whether a change of direction is answered by speed 0 too. */
  public enum SpeedZero {
    /** It is. */
    TOLD,
    /** It is not. */
    NOT_TOLD
  }

  /**
   * The settings in a file; what it does not say is as shipped.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException if one cannot be
   */
  public static StationSettings read(Fields fields) {
    fields.only(FIELDS.toArray(String[]::new));
    var _ = fields.optionalText("$schema");
    var _ = fields.optionalText("source");
    return new StationSettings(
        (int) uid(fields),
        fields.integer("answerMicros", ANSWER_MICROS, 0, MOST_MICROS) * NANOS_PER_MICRO,
        fields.oneOf("answerHash", AnswerHash.OWN, AnswerHash.values()),
        nanos(
            fields,
            "contactCycleMillis",
            CYCLE_MILLIS,
            SHORTEST_CYCLE_MILLIS,
            LONGEST_CYCLE_MILLIS),
        fields.integer("contactDevice", 0, 0, (int) MOST_DEVICE),
        fields.integer("closedState", CLOSED, CLOSED, CLOSED_BY_THE_BOOK),
        nanos(fields, "coilMillis", COIL_MILLIS, 1, LONGEST_COIL_MILLIS),
        fields.oneOf("coilEnd", CoilEnd.RESPONSE, CoilEnd.values()),
        fields.oneOf("powerAtStart", Power.ON, Power.values()),
        Math.round(
            fields.number("unaskedSeconds", PAUSE_SECONDS, 0, LONGEST_PAUSE_SECONDS)
                * NANOS_PER_SECOND),
        fields.oneOf("speedZero", SpeedZero.NOT_TOLD, SpeedZero.values()),
        fields.oneOf("turning", Turning.AT_REST, Turning.values()),
        fields.document());
  }

  private static long uid(Fields fields) {
    if (!fields.has("uid")) {
      return TRACK_PROCESSOR;
    }
    long uid = fields.address("uid");
    if (uid <= MOST_DEVICE || uid >>> Integer.SIZE != 0) {
      throw fields.wrong("\"uid\" must be 0x10000 to 0xffffffff");
    }
    return uid;
  }

  private static long nanos(
      Fields fields, String name, double otherwise, double least, double most) {
    return Math.round(fields.number(name, otherwise, least, most) * NANOS_PER_MILLI);
  }
}
