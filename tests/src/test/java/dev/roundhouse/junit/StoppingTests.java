package dev.roundhouse.junit;

import static dev.roundhouse.junit.Measures.millimetres;
import static dev.roundhouse.junit.Measures.seconds;
import static dev.roundhouse.junit.Measures.within;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThat;

import org.junit.jupiter.api.Test;

@RoundhouseTest(image = "train-control")
@Track("A")
class StoppingTests {
  @Test
  void trainStopsWhereItWasSent(Machine machine, TrackView track) {
    TrainView train = track.place(24).before("A4");
    machine.console().type("go 24 D5\r");
    machine.runUntil(train.isStationary(), within(seconds(60)));
    assertThat(train).isWithin(millimetres(50)).of("D5");
    assertThat(machine.task("track_server")).isReceiveBlocked();
  }
}
