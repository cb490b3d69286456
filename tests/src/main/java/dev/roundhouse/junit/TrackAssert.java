package dev.roundhouse.junit;

import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.track.TrainState;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a track. */
public final class TrackAssert extends AbstractAssert<TrackAssert, TrackView> {
  TrackAssert(TrackView track) {
    super(track, TrackAssert.class);
  }

  /** The turnout lies so. */
  public TrackAssert hasTurnout(int number, Position position) {
    isNotNull();
    if (actual.turnout(number) != position) {
      failWithMessage(
          "expected turnout %d to be %s, but it is %s", number, position, actual.turnout(number));
    }
    return this;
  }

  /** No train collided, derailed, stalled or ran off. */
  public TrackAssert hasNoAccidents() {
    isNotNull();
    List<String> accidents =
        actual.trains().stream()
            .filter(train -> train.state() != TrainState.ON_TRACK)
            .map(train -> train + ": " + train.describe())
            .toList();
    if (!accidents.isEmpty()) {
      failWithMessage("accidents: %s", String.join("; ", accidents));
    }
    return this;
  }
}
