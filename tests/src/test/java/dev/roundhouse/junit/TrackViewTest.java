package dev.roundhouse.junit;

import static dev.roundhouse.junit.Measures.millimetres;
import static dev.roundhouse.junit.Measures.seconds;
import static dev.roundhouse.junit.Measures.within;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThat;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThatExceptionOfType;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThatIllegalStateException;

import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.system.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/** A track without a program that steers: what a test sees of it. */
class TrackViewTest {
  @RegisterExtension
  static final RoundhouseExtension MACHINES =
      RoundhouseExtension.with(setup ->
          setup
              .program("user_entry", Images.bundled("zoo_endless_yield"))
              .track("A")
              .turnout(9, Position.CURVED));

  @Test
  void aTrainStandsBeforeTheSensorThatItWasPlacedBefore(Machine machine, TrackView track) {
    TrainView train = track.place(24).before("A4");
    machine.runFor(seconds(0));
    assertThat(train).isStanding().isOnTrack().hasLevel(0).isWithin(millimetres(100)).of("A4");
    assertThat(train.distanceTo("A4")).isBetween(10.0, 100.0);
    assertThat(train.distanceTo("A4")).isEqualTo(train.distanceTo("A3"));
    assertThat(track).hasTurnout(9, Position.CURVED).hasNoAccidents();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(train).isWithin(millimetres(1)).of("D5"))
        .withMessageContaining("expected train 24 within 1 mm of D5, but it is ");
  }

  @Test
  void aTrainThatNobodySteersNeverComesToRest(Machine machine, TrackView track) {
    TrainView train = track.place(24).past("C13");
    assertThatExceptionOfType(AssertionFailedError.class)
        .isThrownBy(() -> machine.runUntil(train.isStationary(), within(Measures.milliseconds(20))))
        .withMessageContaining(
            "train 24 moves and comes to rest; it has not moved; it is on track");
  }

  @Test
  void trainsArePlacedBeforeTheMachineRuns(Machine machine, TrackView track) {
    machine.runFor(Measures.milliseconds(1));
    assertThatIllegalStateException().isThrownBy(() -> track.place(24).past("C13"));
  }
}
