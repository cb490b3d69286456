package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;

/** A command to the box, complete with its address. */
sealed interface BoxCommand {
  record Speed(int locomotive, int level, Light light) implements BoxCommand {}

  record Reverse(int locomotive, Light light) implements BoxCommand {}

  record Functions(int locomotive, int bits) implements BoxCommand {}

  record Turnout(int turnout, Position position) implements BoxCommand {}

  record SolenoidOff() implements BoxCommand {}

  record Rails(Power power) implements BoxCommand {}

  record SensorReset(Reset reset) implements BoxCommand {}

  /** Reads the modules {@code first} to {@code last}. */
  record ReadSensors(int first, int last) implements BoxCommand {}

  record Undefined(int value) implements BoxCommand {}

  /** A locomotive that cannot exist. */
  record Impossible(int command, int address) implements BoxCommand {}

  /** Whether reading a module clears it. */
  enum Reset {
    ON,
    OFF
  }
}
