package dev.roundhouse.devices.plant;

import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;

/**
 * A gear motor with a quadrature encoder, and the pins that it is wired to.
 *
 * @param wiring the pins
 * @param turnsPerSecond speed of the output shaft at full duty
 * @param timeConstantMillis after which a step of speed is done by 63 %
 * @param stallDuty the share of time up to which the bridge's output does not move the motor
 * @param edgesPerTurn edges of both encoder lines together in a turn of the output shaft
 */
public record MotorPlan(
    Wiring wiring,
    double turnsPerSecond,
    double timeConstantMillis,
    double stallDuty,
    int edgesPerTurn) {
  /**
   * The motor of TrainsOS's robot (pie-rust/src/bin/motor_server.rs, left motor, and
   * encoder_collector.rs, 9d49562: pins, and 64 x 78 edges a turn). Its speed and inertia are not
   * known; those of a usual 12 V gear motor of this kind are taken.
   */
  public static final MotorPlan DEFAULT =
      new MotorPlan(new Wiring(18, 14, 15, 23, 24), 2.5, 80, 0.05, 64 * 78);

  private static final int LAST_PIN = Gpio.PINS - 1;
  private static final double SLOWEST_TURNS = 0.001;
  private static final double FASTEST_TURNS = 1000;
  private static final double SHORTEST_MILLIS = 1;
  private static final double LONGEST_MILLIS = 100_000;
  private static final double LARGEST_STALL = 0.95;
  private static final int MOST_EDGES = 1_000_000;
  private static final double MOST_EDGES_PER_SECOND = 1e6;

  /**
   * The pins: a PWM output for the speed, two outputs of a bridge for the direction, two inputs for
   * the encoder's lines. Forwards is {@code forward} high and {@code backward} low, and A then
   * rises before B.
   */
  public record Wiring(int pwm, int forward, int backward, int encoderA, int encoderB) {}

  /**
   * The plan of a file, whose fields all have the default's values if they are not given.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException if it describes none
   */
  public static MotorPlan parse(String file, String text) {
    Fields fields = JsonFile.parse(file, text);
    fields.only(
        "$schema",
        "pwmPin",
        "forwardPin",
        "backwardPin",
        "encoderPinA",
        "encoderPinB",
        "turnsPerSecond",
        "timeConstantMillis",
        "stallDuty",
        "edgesPerTurn");
    Wiring usual = DEFAULT.wiring;
    Wiring wiring =
        new Wiring(
            pin(fields, "pwmPin", usual.pwm),
            pin(fields, "forwardPin", usual.forward),
            pin(fields, "backwardPin", usual.backward),
            pin(fields, "encoderPinA", usual.encoderA),
            pin(fields, "encoderPinB", usual.encoderB));
    MotorPlan plan =
        new MotorPlan(
            wiring,
            fields.number("turnsPerSecond", DEFAULT.turnsPerSecond, SLOWEST_TURNS, FASTEST_TURNS),
            fields.number(
                "timeConstantMillis", DEFAULT.timeConstantMillis, SHORTEST_MILLIS, LONGEST_MILLIS),
            fields.number("stallDuty", DEFAULT.stallDuty, 0, LARGEST_STALL),
            fields.has("edgesPerTurn")
                ? fields.integer("edgesPerTurn", 1, MOST_EDGES)
                : DEFAULT.edgesPerTurn);
    if (plan.turnsPerSecond * plan.edgesPerTurn > MOST_EDGES_PER_SECOND) {
      throw fields.wrong("more than a million edges a second: lower speed or edges");
    }
    if (wiring.encoderA == wiring.encoderB) {
      throw fields.wrong("both encoder lines at pin " + wiring.encoderA);
    }
    return plan;
  }

  private static int pin(Fields fields, String name, int usual) {
    return fields.has(name) ? fields.integer(name, 0, LAST_PIN) : usual;
  }

  /** The text of a file that describes this motor in full: {@link #parse} gives the same again. */
  public String document() {
    return """
    {"pwmPin": %d, "forwardPin": %d, "backwardPin": %d, "encoderPinA": %d, "encoderPinB": %d,\
     "turnsPerSecond": %s, "timeConstantMillis": %s, "stallDuty": %s, "edgesPerTurn": %d}
    """
        .formatted(
            wiring.pwm,
            wiring.forward,
            wiring.backward,
            wiring.encoderA,
            wiring.encoderB,
            turnsPerSecond,
            timeConstantMillis,
            stallDuty,
            edgesPerTurn);
  }

  /** A motor of this kind that stands still, not yet wired. */
  public Motor in(VirtualClock clock, Agenda agenda) {
    return new Motor(this, clock, agenda);
  }
}
