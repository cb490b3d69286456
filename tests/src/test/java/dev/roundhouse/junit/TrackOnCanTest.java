package dev.roundhouse.junit;

import static dev.roundhouse.devices.train.event.Position.CURVED;
import static dev.roundhouse.junit.Measures.millimetres;
import static dev.roundhouse.junit.Measures.seconds;
import static dev.roundhouse.junit.Measures.within;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThat;

import org.junit.jupiter.api.Test;

@RoundhouseTest(image = "train-control", args = "TRACK=c")
@Track(value = "C", trains = "14@C13")
class TrackOnCanTest {
  @Test
  void aTrainOfACentralStationStopsWhereItWasSent(Machine machine, TrackView track) {
    TrainView train = track.train(14);
    machine.console().type("sw 4 C\rgo 14 D5\r");
    machine.runUntil(train.isStationary(), within(seconds(60)));
    assertThat(train).isWithin(millimetres(50)).of("D5");
    assertThat(track).hasTurnout(4, CURVED).hasNoAccidents();
  }
}
