package dev.roundhouse.devices.train.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.box.BoxCommand.Reset;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.layout.Leg;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.motion.Body.Heading;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackTest {
  /** The loop on which trains run at the start, from C13 on. */
  private static final String[] LOOP = {
    "E7", "D7", "D9", "E12", "D11", "C16", "C6", "B15", "A3", "C13"
  };

  private static final double LAP_MM = 4894;

  private final TrackBench bench = TrackBench.trackA();

  @Nested
  class Placing {
    @Test
    void aTrainStandsWithItsPickUpJustPastItsSensor() {
      bench.with(24, "C13");
      assertThat(bench.train(24).pickUp()).hasToString("C13+1 mm");
      assertThat(bench.train(24).speed()).isZero();
      bench.seconds(10);
      assertThat(bench.sensors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C13-40", "C13-400", "C13+40", "C13+900"})
    void aTrainStandsSoFarFromItsSensor(String place) {
      bench.with(24, place);
      TrackDistance distance = new TrackDistance(bench.track.layout());
      Node sensor = bench.track.layout().node("C13").orElseThrow();
      assertThat(distance.between(bench.train(24).pickUp(), sensor).orElseThrow())
          .isEqualTo(Double.parseDouble(place.substring(4)), within(1e-6));
    }

    @Test
    void aTrainBeforeItsSensorReachesItFirst() {
      bench.with(24, "C13-200");
      bench.speed(24, 8);
      bench.seconds(10);
      assertThat(bench.sensors()).startsWith("C13", "E7");
    }

    @Test
    void aTrainIsNotPutDownFarFromItsSensor() {
      assertThatThrownBy(() -> bench.with(24, "C13+5001"))
          .isInstanceOf(DescriptionException.class)
          .hasMessageContaining("at most 5000 mm");
      assertThatThrownBy(() -> bench.with(24, "Z9+10"))
          .isInstanceOf(DescriptionException.class)
          .hasMessageContaining("no sensor Z9");
    }

    @Test
    void oppositeSensorsAreOppositeDirections() {
      bench.with(24, "C14");
      assertThat(bench.train(24).pickUp().edge().from().name()).isEqualTo("C14");
    }

    @Test
    void twoTrainsCannotStandAtOnePlace() {
      bench.with(24, "C13");
      assertThatThrownBy(() -> bench.with(58, "C14"))
          .isInstanceOf(DescriptionException.class)
          .hasMessage("no room for train 58 at C14: train 24 stands there");
      bench.with(58, "D11");
    }

    @Test
    void mistakesAreSaidInOneLine() {
      assertThatThrownBy(() -> bench.with(24, "Z9")).hasMessageContaining("no sensor Z9");
      assertThatThrownBy(() -> bench.with(24, "BR5")).hasMessageContaining("no sensor BR5");
      bench.with(24, "C13");
      assertThatThrownBy(() -> bench.with(24, "D11"))
          .hasMessage("train 24 is on the track already");
      assertThatThrownBy(() -> bench.track.putTurnout(99, Position.CURVED))
          .hasMessageStartingWith("Track A has no turnout 99; it has [1, 2, 3, ");
    }

    @Test
    void aTrainNeedsTrackUnderAllOfIt() {
      bench.with(24, "A1");
      assertThat(bench.train(24).state()).isEqualTo(TrainState.ON_TRACK);
      String short1 =
          """
          {"name": "short", "nodes": [
            {"name": "S1", "type": "sensor", "module": 1, "contact": 1, "reverse": "S2"},
            {"name": "S2", "type": "sensor", "module": 1, "contact": 2, "reverse": "S1"},
            {"name": "EN1", "type": "enter", "reverse": "EX1"},
            {"name": "EX1", "type": "exit", "reverse": "EN1"},
            {"name": "EN2", "type": "enter", "reverse": "EX2"},
            {"name": "EX2", "type": "exit", "reverse": "EN2"}
          ], "edges": [
            {"from": "EN1", "leg": "ahead", "to": "S1", "mm": 100},
            {"from": "S2", "leg": "ahead", "to": "EX1", "mm": 100},
            {"from": "S1", "leg": "ahead", "to": "EX2", "mm": 1000},
            {"from": "EN2", "leg": "ahead", "to": "S2", "mm": 1000}
          ]}
          """;
      TrackBench other = new TrackBench(Layout.parse("short", short1), 1);
      assertThatThrownBy(() -> other.with(24, "S1"))
          .hasMessage("no room for train 24 at S1: the track ends");
    }
  }

  @Nested
  class Sensing {
    @Test
    void aTrainTriggersTheSensorsOnItsWayInItsDirection() {
      bench.with(24, "C13").speed(24, 10);
      bench.seconds(40);
      assertThat(bench.sensors()).startsWith(LOOP).doesNotContain("C14", "E8");
    }

    @Test
    void oppositeWaysTriggerTheOppositeSensors() {
      bench.with(24, "E8").speed(24, 10);
      bench.seconds(5);
      assertThat(bench.sensors()).startsWith("C14").doesNotContain("E7", "C13");
    }

    @Test
    void theSensorSeesThePickUp() {
      bench.with(24, "C13").speed(24, 10);
      bench.seconds(0.5);
      while (bench.sensors().isEmpty()) {
        bench.advanceTo(bench.agenda.nextNanos());
      }
      assertThat(bench.train(24).pickUp().edge().from().name()).isEqualTo("E7");
      assertThat(bench.train(24).pickUp().mm()).isCloseTo(0, within(0.01));
    }

    @Test
    void aStandingPickUpKeepsItsContactClosedUntilItMovesOn() {
      bench.with(58, "C13").speed(58, 5);
      while (!bench.sensors().contains("E7")) {
        bench.seconds(0.01);
      }
      bench.speed(58, 0);
      bench.untilStanding(58);
      assertThat(bench.train(58).pickUp().mm()).isLessThan(50);
      assertThat(new ReadableModules(bench.modules).isClosed(5, 7)).isTrue();
      bench.speed(58, 10);
      bench.seconds(2);
      assertThat(new ReadableModules(bench.modules).isClosed(5, 7)).isFalse();
    }

    @Test
    void lapsTakeTheirTime() {
      bench.with(58, "C13").speed(58, 10);
      bench.seconds(90);
      List<Double> laps = bench.times("E7");
      assertThat(laps).hasSizeGreaterThan(3);
      for (int lap = 2; lap < laps.size(); lap++) {
        assertThat(LAP_MM / (laps.get(lap) - laps.get(lap - 1))).isCloseTo(304, within(0.1));
      }
    }
  }

  @Nested
  class Commands {
    @Test
    void aReversedTrainStandsUntilANewSpeedComes() {
      bench.with(24, "E7");
      bench.reverse(24);
      bench.seconds(5);
      assertThat(bench.train(24).heading()).isEqualTo(Heading.BACKWARD);
      assertThat(bench.train(24).speed()).isZero();
      bench.speed(24, 8);
      bench.seconds(5);
      assertThat(bench.sensors()).startsWith("C14");
      assertThat(bench.warnings).isEmpty();
    }

    @Test
    void afterAReverseTheSensorIsTriggeredAtTheOtherPointOfTheTrain() {
      bench.with(24, "C13");
      bench.reverse(24);
      double reverseOffset = 120;
      Place before = bench.train(24).pickUp();
      bench.reverse(24);
      Place after = bench.train(24).pickUp();
      assertThat(after).hasToString("C13+1 mm");
      Place sensor =
          new Place(bench.track.layout().leaving(node("C14"), Leg.AHEAD).orElseThrow(), 0);
      assertThat(bench.way(sensor, before)).isCloseTo(reverseOffset - 1, within(1e-6));
    }

    private Node node(String name) {
      return bench.track.layout().node(name).orElseThrow();
    }

    @Test
    void aMovingTrainThatIsReversedStopsFirstAndThatIsReported() {
      bench.with(24, "C13").speed(24, 10);
      bench.seconds(6);
      bench.reverse(24);
      assertThat(bench.warnings).singleElement().asString().contains("reversed while moving");
      assertThat(bench.train(24).heading()).isEqualTo(Heading.FORWARD);
      bench.untilStanding(24);
      assertThat(bench.train(24).heading()).isEqualTo(Heading.BACKWARD);
      bench.seconds(10);
      assertThat(bench.train(24).speed()).isZero();
    }

    @Test
    void aTrainIsReversedWhileMovingUntilItStandsAndNoLonger() {
      bench.with(24, "C13").speed(24, 10);
      bench.seconds(6);
      bench.speed(24, 0);
      bench.untilStanding(24);
      bench.reverse(24);
      assertThat(bench.warnings).isEmpty();
      bench.speed(24, 10);
      bench.seconds(6);
      bench.speed(24, 0);
      bench.seconds(1);
      bench.reverse(24);
      assertThat(bench.warnings).hasSize(1);
    }

    @Test
    void aTrainThatHasNotBegunToMoveIsNotReversedWhileMoving() {
      bench.with(24, "C13").speed(24, 10);
      bench.reverse(24);
      assertThat(bench.warnings).isEmpty();
      assertThat(bench.train(24).heading()).isEqualTo(Heading.BACKWARD);
      bench.seconds(10);
      assertThat(bench.train(24).speed()).isZero();
    }

    @Test
    void stopTakesThePowerAndGoGivesItBackWithAllSpeedsKept() {
      bench.with(24, "C13").speed(24, 10);
      bench.seconds(6);
      bench.track.power(Power.OFF);
      bench.seconds(1);
      assertThat(bench.train(24).speed()).isZero();
      assertThat(bench.train(24).level()).isEqualTo(10);
      bench.track.power(Power.ON);
      bench.seconds(6);
      assertThat(bench.train(24).speed()).isCloseTo(343.5, within(0.1));
    }

    @Test
    void whatIsToldToATrainThatIsNotThereGoesNowhere() {
      bench.speed(24, 10);
      bench.reverse(24);
      bench.track.functions(24, 5);
      bench.seconds(5);
      assertThat(bench.track.trains()).isEmpty();
    }

    @Test
    void functionsAndLightAreKept() {
      bench.with(24, "C13");
      bench.track.functions(24, 5);
      bench.track.speed(24, 0, Light.ON);
      assertThat(bench.train(24).functions()).isEqualTo(5);
      assertThat(bench.train(24).light()).isEqualTo(Light.ON);
    }
  }

  @Nested
  class TurnoutsUnderway {
    @Test
    void aTurnoutLeadsTheTrainTheOtherWay() {
      bench.track.throwTurnout(14, Position.CURVED);
      bench.with(24, "A3").speed(24, 10);
      bench.seconds(5);
      assertThat(bench.sensors()).isNotEmpty().doesNotContain("C13");
    }

    @Test
    void aTurnoutThatMovesUnderATrainDerailsIt() {
      bench.with(24, "A3").speed(24, 6);
      while (!bench.train(24).pickUp().edge().from().name().equals("BR14")) {
        bench.seconds(0.02);
      }
      bench.track.throwTurnout(14, Position.CURVED);
      assertThat(bench.train(24).state()).isEqualTo(TrainState.DERAILED);
      assertThat(bench.all(TrainEvent.TrainDerailed.class)).hasSize(1);
      bench.speed(24, 10);
      bench.seconds(5);
      assertThat(bench.train(24).speed()).isZero();
    }

    /** C13 is 43 mm behind turnout 11: a train that is put there stands across it. */
    @Test
    void aTrainThatStandsOnATurnoutThatMovesGoesOnAfterwards() {
      bench.with(24, "C13");
      bench.track.throwTurnout(11, Position.CURVED);
      assertThat(bench.train(24).state()).isEqualTo(TrainState.ON_TRACK);
      bench.speed(24, 10);
      bench.seconds(6);
      assertThat(bench.sensors()).contains("E7");
    }

    @Test
    void aTurnoutToldToStayWhereItIsDerailsNobody() {
      bench.with(24, "A3").speed(24, 6);
      while (!bench.train(24).pickUp().edge().from().name().equals("BR14")) {
        bench.seconds(0.02);
      }
      bench.track.throwTurnout(14, Position.STRAIGHT);
      assertThat(bench.train(24).state()).isEqualTo(TrainState.ON_TRACK);
    }

    @Test
    void bothCurvedAtAThreeWayTurnoutIsReported() {
      bench.track.throwTurnout(153, Position.CURVED);
      bench.seconds(0.049);
      assertThat(bench.warnings).isEmpty();
      bench.seconds(0.001);
      assertThat(bench.warnings).containsExactly("three way both curved: turnouts 153 and 154");
    }

    /** From one curved to the other, the way that takes the pair through both curved. */
    @Test
    void aPairHasTimeToBeSetOneAfterTheOther() {
      bench.track.throwTurnout(154, Position.STRAIGHT);
      bench.track.throwTurnout(153, Position.CURVED);
      bench.seconds(1);
      bench.track.throwTurnout(154, Position.CURVED);
      bench.seconds(0.03);
      bench.track.throwTurnout(153, Position.STRAIGHT);
      bench.seconds(1);
      assertThat(bench.warnings).isEmpty();
    }

    @Test
    void eachPairHasItsOwnTime() {
      bench.track.throwTurnout(153, Position.CURVED);
      bench.seconds(0.03);
      bench.track.throwTurnout(155, Position.CURVED);
      bench.seconds(0.03);
      assertThat(bench.warnings).containsExactly("three way both curved: turnouts 153 and 154");
      bench.seconds(0.03);
      assertThat(bench.warnings).hasSize(2).last().asString().endsWith("turnouts 155 and 156");
    }

    @Test
    void oneCurvedAndOneStraightIsNot() {
      bench.track.throwTurnout(154, Position.STRAIGHT);
      bench.track.throwTurnout(153, Position.CURVED);
      assertThat(bench.warnings).isEmpty();
    }
  }

  @Nested
  class Accidents {
    @Test
    void aTrainThatRunsIntoAStandingOneStopsAtItsEnd() {
      bench.with(24, "C13").with(58, "D9").speed(24, 10);
      bench.seconds(20);
      assertThat(bench.all(TrainEvent.TrainsCollided.class)).hasSize(1);
      assertThat(bench.train(24).state()).isEqualTo(TrainState.COLLIDED);
      assertThat(bench.train(58).state()).isEqualTo(TrainState.COLLIDED);
      double gap = bench.way(bench.train(24).pickUp(), bench.train(58).pickUp());
      // From pick-up to pick-up: 24's front overhang and what of 58 lies behind its pick-up.
      assertThat(gap).isCloseTo(25 + 208 - 25, within(0.6));
    }

    @Test
    void trainsThatMeetHeadOnCollide() {
      bench.with(24, "C13").with(58, "E8");
      bench.speed(24, 10);
      bench.speed(58, 10);
      bench.seconds(10);
      assertThat(bench.all(TrainEvent.TrainsCollided.class)).hasSize(1);
      assertThat(bench.warnings).singleElement().asString().contains("runs into train");
    }

    @Test
    void aFasterTrainCatchesUpWithASlowerOne() {
      bench.with(24, "C13").with(58, "D9");
      bench.speed(58, 7);
      bench.speed(24, 12);
      bench.seconds(60);
      assertThat(bench.all(TrainEvent.TrainsCollided.class)).hasSize(1);
      assertThat(bench.all(TrainEvent.TrainsCollided.class).getFirst().train()).isEqualTo(24);
    }

    @Test
    void trainsOfOneSpeedFollowEachOtherForHours() {
      bench.with(24, "C13").with(1, "D11");
      bench.speed(24, 13);
      bench.speed(1, 13);
      bench.seconds(3600);
      assertThat(bench.warnings).isEmpty();
      assertThat(bench.times("C13")).hasSizeGreaterThan(700);
    }

    @Test
    void aTrainRunsOffAnEnd() {
      bench.with(24, "A2").speed(24, 10);
      bench.seconds(20);
      assertThat(bench.train(24).state()).isEqualTo(TrainState.RAN_OFF);
      assertThat(bench.all(TrainEvent.TrainRanOff.class))
          .containsExactly(new TrainEvent.TrainRanOff(24, "EX5"));
    }
  }

  @Nested
  class OneContactForBothDirections {
    private static final String LOOP =
        """
        {"name": "Loop", "nodes": [
          {"name": "S1", "type": "sensor", "module": 1, "contact": 1, "reverse": "S2"},
          {"name": "S2", "type": "sensor", "module": 1, "contact": 1, "reverse": "S1"},
          {"name": "P1", "type": "sensor", "module": 1, "contact": 2, "reverse": "P2"},
          {"name": "P2", "type": "sensor", "module": 1, "contact": 2, "reverse": "P1"}],
         "edges": [
          {"from": "S1", "leg": "ahead", "to": "P1", "mm": 1000},
          {"from": "P1", "leg": "ahead", "to": "S1", "mm": 1000},
          {"from": "P2", "leg": "ahead", "to": "S2", "mm": 1000},
          {"from": "S2", "leg": "ahead", "to": "P2", "mm": 1000}]}
        """;

    private final TrackBench loop = new TrackBench(Layout.parse("loop.json", LOOP), 1);

    private int contacts() {
      return loop.modules.read(1, Reset.ON);
    }

    @Test
    void closesForEither() {
      loop.with(24, "P2").speed(24, 8);
      loop.seconds(8);
      assertThat(loop.times("S2")).hasSize(1);
      assertThat(contacts()).isEqualTo(0x8000);
    }

    @Test
    void isDeadForBothWhenOneIs() {
      loop.track.faults().kill("S1");
      loop.with(24, "P2").speed(24, 8);
      loop.seconds(8);
      assertThat(loop.times("S2")).isEmpty();
      assertThat(contacts()).isZero();
    }

    @Test
    void isHeldWhenTheOtherHasBeenPassed() {
      loop.track.faults().hold("S1");
      loop.with(24, "P2").speed(24, 8);
      loop.seconds(9);
      assertThat(loop.times("S2")).hasSize(1);
      contacts();
      assertThat(contacts()).isEqualTo(0x8000);
    }

    @Test
    void isNotClosedByCarsWhichTakeTheirRoom() {
      String cars =
          loop.locomotives.document().replaceAll("\"lengthMm\": *[0-9.]+", "\"lengthMm\": 817");
      loop.locomotives = LocomotiveCatalog.parse("cars", cars);
      loop.with(24, "P1");
      assertThatThrownBy(() -> loop.with(58, "P1-700")).hasMessageContaining("no room");
      loop.speed(24, 8);
      loop.seconds(8);
      assertThat(loop.times("S1")).hasSize(1);
      assertThat(contacts()).isEqualTo(0x8000);
    }
  }

  @Nested
  class DeadZonesAtTurnouts {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCrawlingTrainStallsSoonerOrLaterAndHearsNothingThen(int level) {
      bench.with(24, "C13").speed(24, level);
      for (int hours = 0; hours < 20 && bench.train(24).state() == TrainState.ON_TRACK; hours++) {
        bench.seconds(3600);
      }
      assertThat(bench.train(24).state()).isEqualTo(TrainState.STALLED);
      assertThat(bench.all(TrainEvent.TrainStalled.class)).hasSize(1);
      bench.speed(24, 5);
      bench.seconds(5);
      assertThat(bench.train(24).speed()).isZero();
    }

    @Test
    void atSpeedNothingStalls() {
      bench.with(24, "C13").speed(24, 7);
      bench.seconds(3600);
      assertThat(bench.train(24).state()).isEqualTo(TrainState.ON_TRACK);
    }

    private void runIntoTheZone(int train) {
      bench.with(train, "A3").speed(train, 7);
      while (!bench.train(train).pickUp().edge().from().name().equals("BR14")) {
        bench.advanceTo(bench.clock.nanos() + 1_000_000);
      }
      assertThat(bench.train(train).pickUp().mm()).isLessThan(5);
    }

    @Test
    void mostTrainsHearACommandAfterTheZone() {
      runIntoTheZone(24);
      bench.speed(24, 0);
      assertThat(bench.train(24).level()).isEqualTo(7);
      bench.seconds(0.2);
      assertThat(bench.train(24).level()).isZero();
      bench.untilStanding(24);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 74})
    void twoOfThemIgnoreIt(int train) {
      runIntoTheZone(train);
      bench.speed(train, 0);
      bench.seconds(5);
      assertThat(bench.train(train).level()).isEqualTo(7);
      assertThat(bench.train(train).speed()).isGreaterThan(300);
    }
  }

  @Test
  void theSameSeedGivesTheSameRunAndAnotherSeedAnother() {
    assertThat(run(5)).isEqualTo(run(5)).isNotEqualTo(run(6));
  }

  private static List<TrackBench.Timed> run(long seed) {
    TrackBench bench = new TrackBench(Layout.trackA(), seed);
    bench.locomotives = LocomotiveCatalog.shipped(BoxKind.SERIAL_6051);
    bench.with(24, "C13").with(58, "D11");
    for (int i = 0; i < 10; i++) {
      bench.speed(24, 10);
      bench.speed(58, 10);
      bench.seconds(7);
      bench.speed(24, 0);
      bench.speed(58, 0);
      bench.seconds(7);
    }
    return bench.events;
  }
}
