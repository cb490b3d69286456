package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.train.event.TrainEvent;
import java.util.Locale;

/** Writes a train set's events. */
final class TrainLine {
  private TrainLine() {}

  static void put(JsonLine json, TrainEvent event) {
    var _ =
        switch (event) {
          case TrainEvent.CommandTaken(String command) ->
              json.text("e", "box-command").text("command", command);
          case TrainEvent.Misused(var what, String detail) ->
              json.text("e", "misused").text("rule", lower(what)).text("detail", detail);
          case TrainEvent.PowerSwitched(var power) ->
              json.text("e", "track-power").text("power", lower(power));
          case TrainEvent.SensorTriggered(String sensor, int train) ->
              json.text("e", "sensor").text("sensor", sensor).number("train", train);
          case TrainEvent.TurnoutThrown(int turnout, var position) ->
              json.text("e", "turnout").number("turnout", turnout).text("to", lower(position));
          case TrainEvent.TurnoutStuck(int turnout) ->
              json.text("e", "turnout-stuck").number("turnout", turnout);
          case TrainEvent.SpeedChanging(int train, int level) ->
              json.text("e", "speed").number("train", train).number("level", level);
          case TrainEvent.TrainStopped(int train, String place) ->
              at(json.text("e", "train-stopped"), train, place);
          case TrainEvent.DirectionChanged(int train, String place) ->
              at(json.text("e", "direction"), train, place);
          case TrainEvent.TrainStalled(int train, String place) ->
              at(json.text("e", "train-stalled"), train, place);
          case TrainEvent.TrainsCollided(int train, int other, String place) ->
              at(json.text("e", "collision"), train, place).number("other", other);
          case TrainEvent.TrainDerailed(int train, int turnout) ->
              json.text("e", "derailed").number("train", train).number("turnout", turnout);
          case TrainEvent.TrainRanOff(int train, String end) ->
              at(json.text("e", "ran-off"), train, end);
          case TrainEvent.FaultChanged(String fault, String state) ->
              json.text("e", "fault").text("fault", fault).text("state", state);
        };
  }

  private static JsonLine at(JsonLine json, int train, String place) {
    return json.number("train", train).text("at", place);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
