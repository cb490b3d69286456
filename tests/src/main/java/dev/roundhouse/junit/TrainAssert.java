package dev.roundhouse.junit;

import dev.roundhouse.devices.train.track.TrainState;
import dev.roundhouse.junit.Measures.Distance;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a train. */
public final class TrainAssert extends AbstractAssert<TrainAssert, TrainView> {
  TrainAssert(TrainView train) {
    super(train, TrainAssert.class);
  }

  /** It is no farther away than this; say from what. */
  public Near isWithin(Distance distance) {
    isNotNull();
    return new Near(distance);
  }

  /** How near. */
  public final class Near {
    private final Distance most;

    private Near(Distance most) {
      this.most = most;
    }

    /** Its pick-up, from a sensor along the track, on whichever side. */
    public TrainAssert of(String sensor) {
      double present = actual.distanceTo(sensor);
      if (present > most.mm()) {
        failWithMessage(
            "expected %s within %.0f mm of %s, but it is %.0f mm away; %s",
            actual, most.mm(), sensor, present, actual.describe());
      }
      return TrainAssert.this;
    }
  }

  /** It stands. */
  public TrainAssert isStanding() {
    isNotNull();
    if (actual.isMoving()) {
      failWithMessage("expected %s to stand, but %s", actual, actual.describe());
    }
    return this;
  }

  /** It moves. */
  public TrainAssert isMoving() {
    isNotNull();
    if (!actual.isMoving()) {
      failWithMessage("expected %s to move, but %s", actual, actual.describe());
    }
    return this;
  }

  /** Nothing happened to it: no collision, no derailment, no stall. */
  public TrainAssert isOnTrack() {
    isNotNull();
    if (actual.state() != TrainState.ON_TRACK) {
      failWithMessage("expected %s on the track, but %s", actual, actual.describe());
    }
    return this;
  }

  /** Its speed level, 0 to 14, is this. */
  public TrainAssert hasLevel(int level) {
    isNotNull();
    if (actual.level() != level) {
      failWithMessage("expected %s at level %d, but %s", actual, level, actual.describe());
    }
    return this;
  }
}
