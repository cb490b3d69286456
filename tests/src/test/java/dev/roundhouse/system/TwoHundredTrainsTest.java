package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.benchmarks.CrowdedTrack;
import dev.roundhouse.devices.train.track.TrainState;
import dev.roundhouse.devices.train.track.TrainView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A layout as large as a box can address, with more trains on it than any club has. */
class TwoHundredTrainsTest {
  private static final int LOOPS = 100;
  private static final long MINUTE = 60_000_000_000L;

  private static CrowdedTrack after(long nanos) {
    CrowdedTrack crowd = new CrowdedTrack(LOOPS, 1);
    crowd.start();
    crowd.pass(nanos);
    return crowd;
  }

  @Test
  void twoHundredTrainsKeepRealTime() {
    long start = System.nanoTime();
    CrowdedTrack crowd = after(MINUTE);
    assertThat(System.nanoTime() - start).isLessThan(MINUTE);
    assertThat(crowd.warnings()).isEmpty();
    assertThat(crowd.track().trains())
        .hasSize(2 * LOOPS)
        .allSatisfy(train -> {
          assertThat(train.state()).isEqualTo(TrainState.ON_TRACK);
          assertThat(train.speed()).isGreaterThan(200);
        });
  }

  @Test
  void theyAreEachTimeWhereTheyWere() {
    List<TrainView> once = after(MINUTE / 6).track().trains();
    assertThat(after(MINUTE / 6).track().trains()).hasToString(once.toString());
  }
}
