package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import java.util.Locale;

/** A command to the box, complete with its address. */
public sealed interface BoxCommand {
  /** A locomotive's speed step, 0 to 14. */
  record Speed(int locomotive, int level, Light light) implements BoxCommand {}

  /** A locomotive changes its direction. */
  record Reverse(int locomotive, Light light) implements BoxCommand {}

  /** A locomotive's functions: bit 0 is f1, bit 3 is f4. */
  record Functions(int locomotive, int bits) implements BoxCommand {}

  /** A turnout's solenoid is switched on. */
  record Turnout(int turnout, Position position) implements BoxCommand {}

  /** The solenoid that is on is switched off. */
  record SolenoidOff() implements BoxCommand {}

  /** The rails' power: go or stop. */
  record Rails(Power power) implements BoxCommand {}

  /** Reset mode of the sensor modules. */
  record SensorReset(Reset reset) implements BoxCommand {}

  /** Reads the modules {@code first} to {@code last}. */
  record ReadSensors(int first, int last) implements BoxCommand {}

  /** A byte that is no command. */
  record Undefined(int value) implements BoxCommand {}

  /** A locomotive that cannot exist. */
  record Impossible(int command, int address) implements BoxCommand {}

  /** Whether reading a module clears it. */
  enum Reset {
    /** It does. */
    ON,
    /** It does not. */
    OFF
  }

  /** What it means, for people. */
  default String text() {
    return switch (this) {
      case Speed(int locomotive, int level, var light) ->
          "train %d: speed %d%s".formatted(locomotive, level, lit(light));
      case Reverse(int locomotive, var light) ->
          "train %d: change direction%s".formatted(locomotive, lit(light));
      case Functions(int locomotive, int bits) ->
          "train %d: functions %s".formatted(locomotive, functions(bits));
      case Turnout(int turnout, var position) ->
          "turnout %d: %s".formatted(turnout, position.name().toLowerCase(Locale.ROOT));
      case SolenoidOff() -> "solenoid off";
      case Rails(var power) -> power == Power.ON ? "go: power on" : "stop: power off";
      case SensorReset(var reset) ->
          reset == Reset.ON ? "sensors: reset mode on" : "sensors: reset mode off";
      case ReadSensors(int first, int last) ->
          first == last ? "read module " + first : "read modules %d to %d".formatted(first, last);
      case Undefined(int value) -> "byte " + value + " is no command";
      case Impossible(int command, int address) ->
          "command %d for locomotive %d, which cannot exist".formatted(command, address);
    };
  }

  private static String lit(Light light) {
    return light == Light.ON ? ", light on" : "";
  }

  private static String functions(int bits) {
    if (bits == 0) {
      return "off";
    }
    StringBuilder names = new StringBuilder();
    for (int f = 0; f < Integer.SIZE; f++) {
      if ((bits >>> f & 1) == 1) {
        names.append(names.isEmpty() ? "f" : ", f").append(f + 1);
      }
    }
    return names.toString();
  }
}
