package dev.roundhouse.emulator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainTraceTest {
  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(new TrainEvent.CommandTaken("Rails"), "'e':'box-command','command':'Rails'"),
        Arguments.of(
            new TrainEvent.Misused(Misuse.SENT_DURING_ANSWER, "byte 5"),
            "'e':'misused','rule':'sent-during-answer','detail':'byte 5'"),
        Arguments.of(
            new TrainEvent.PowerSwitched(TrainEvent.Power.OFF), "'e':'track-power','power':'off'"),
        Arguments.of(
            new TrainEvent.SensorTriggered("C13", 24), "'e':'sensor','sensor':'C13','train':24"),
        Arguments.of(
            new TrainEvent.TurnoutThrown(5, Position.CURVED),
            "'e':'turnout','turnout':5,'to':'curved'"),
        Arguments.of(new TrainEvent.TurnoutStuck(5), "'e':'turnout-stuck','turnout':5"),
        Arguments.of(new TrainEvent.SpeedChanging(24, 10), "'e':'speed','train':24,'level':10"),
        Arguments.of(
            new TrainEvent.TrainStopped(24, "C13+1 mm"),
            "'e':'train-stopped','train':24,'at':'C13+1 mm'"),
        Arguments.of(
            new TrainEvent.DirectionChanged(24, "C13+1 mm"),
            "'e':'direction','train':24,'at':'C13+1 mm'"),
        Arguments.of(
            new TrainEvent.TrainStalled(24, "BR5+1 mm"),
            "'e':'train-stalled','train':24,'at':'BR5+1 mm'"),
        Arguments.of(
            new TrainEvent.TrainsCollided(24, 58, "C13+1 mm"),
            "'e':'collision','train':24,'at':'C13+1 mm','other':58"),
        Arguments.of(new TrainEvent.TrainDerailed(24, 5), "'e':'derailed','train':24,'turnout':5"),
        Arguments.of(new TrainEvent.TrainRanOff(24, "EX1"), "'e':'ran-off','train':24,'at':'EX1'"),
        Arguments.of(
            new TrainEvent.FaultChanged("box off", "begins"),
            "'e':'fault','fault':'box off','state':'begins'"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void aTrainSetsEventIsALineOfTheTrace(TrainEvent event, String fields) throws IOException {
    var out = new ByteArrayOutputStream();
    try (TraceFile trace = new TraceFile(out)) {
      trace.emit(7, event);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(("{'t':7," + fields + "}\n").replace('\'', '"'));
  }
}
