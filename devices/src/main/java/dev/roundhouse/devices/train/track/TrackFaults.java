package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.layout.Edge;

/**
 * What can be made to go wrong on a track. All methods that name a turnout, sensor or edge throw
 * {@link DescriptionException} when the layout has none of that name.
 */
public final class TrackFaults {
  private final Track track;

  TrackFaults(Track track) {
    this.track = track;
  }

  /** A turnout does not move any more. */
  public void stick(int turnout) {
    track.checkTurnout(turnout);
    track.turnoutStates().stick(turnout);
  }

  /** A stuck turnout moves again. */
  public void free(int turnout) {
    track.turnoutStates().free(turnout);
  }

  /** A turnout needs its solenoid on for so long. */
  public void setThrowNanos(int turnout, long nanos) {
    track.checkTurnout(turnout);
    track.turnoutStates().setThrowNanos(turnout, nanos);
  }

  /** A turnout is as fast as any. */
  public void resetThrowNanos(int turnout) {
    setThrowNanos(turnout, Turnouts.THROW_NANOS);
  }

  /** Checks that there is such a turnout. */
  public void check(int turnout) {
    track.checkTurnout(turnout);
  }

  /** Checks that there is such an edge. */
  public void check(String from, String to) {
    var _ = edge(from, to);
  }

  /** Checks that the train is on the track. */
  public void checkTrain(int train) {
    if (track.view(train).isEmpty()) {
      throw new DescriptionException("train " + train + " is not on the track");
    }
  }

  /** Checks that there is such a sensor. */
  public void check(String sensor) {
    track.sensorNode(sensor);
  }

  /** A sensor sees nothing. */
  public void kill(String sensor) {
    track.sensors().kill(track.sensorNode(sensor));
  }

  /** A dead sensor works again. */
  public void revive(String sensor) {
    track.sensors().revive(track.sensorNode(sensor));
  }

  /** A sensor's contact closes though no train is there. */
  public void pulse(String sensor) {
    track.sensors().pulse(track.sensorNode(sensor));
  }

  /** A sensor's contact is closed all the time. */
  public void hold(String sensor) {
    track.sensors().hold(track.sensorNode(sensor));
  }

  /** A contact that was closed all the time works again. */
  public void release(String sensor) {
    track.sensors().release(track.sensorNode(sensor));
  }

  /** The rails are shorted. */
  public void shortCircuit() {
    track.setShorted(Power.OFF);
  }

  /** They are not any more; the power stays as it is. */
  public void clearShortCircuit() {
    track.setShorted(Power.ON);
  }

  /** The power goes off when more trains than this move at once. */
  public void limitMoving(int trains) {
    track.setMostMoving(trains);
  }

  /** Any number of trains may move. */
  public void unlimitMoving() {
    track.setMostMoving(Integer.MAX_VALUE);
  }

  /** Trains run at a part of their speed between two neighbouring nodes, in both directions. */
  public void dirty(String from, String to, double factor) {
    track.setSpeedFactor(edge(from, to), factor);
  }

  private Edge edge(String from, String to) {
    return track.layout().edges().stream()
        .filter(e -> e.from().name().equals(from) && e.to().name().equals(to))
        .findFirst()
        .orElseThrow(() ->
            new DescriptionException(
                track.layout().name() + " has no edge from " + from + " to " + to));
  }

  /** A train runs at a part of its speed. */
  public void slow(int train, double factor) {
    track.setSpeedFactor(train, factor);
  }
}
