package dev.roundhouse.junit;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.Body.Heading;
import dev.roundhouse.emulator.testing.Condition;
import java.util.List;

/** The simulated track of a machine. */
public final class TrackView {
  /** How far a train's front is kept from the sensor that it stands before. */
  private static final int ROOM_MM = 10;

  private final Machine machine;

  TrackView(Machine machine) {
    this.machine = machine;
  }

  /** A train that is to be put on the track; say where. Only before the machine first runs. */
  public Placing place(int train) {
    return new Placing(train);
  }

  /** Where a train is to stand. */
  public final class Placing {
    private final int train;

    private Placing(int train) {
      this.train = train;
    }

    /** All of it before a sensor, which is the first that it will reach. */
    public TrainView before(String sensor) {
      double overhang = machine.locomotive(train).body().overhang(Heading.FORWARD);
      return at(sensor + "-" + ((int) Math.ceil(overhang) + ROOM_MM));
    }

    /** Its pick-up just past a sensor. */
    public TrainView past(String sensor) {
      return at(sensor);
    }

    private TrainView at(String place) {
      machine.place(train, place);
      return train(train);
    }
  }

  /** A train on the track. */
  public TrainView train(int number) {
    return new TrainView(machine, number);
  }

  /** The trains on the track, by ascending number. */
  public List<TrainView> trains() {
    return machine.trains().track().trains().stream().map(now -> train(now.number())).toList();
  }

  /** Where a turnout lies. */
  public Position turnout(int number) {
    Position position = machine.trains().track().turnouts().get(number);
    if (position == null) {
      throw new IllegalArgumentException(
          layout().name() + " has no turnout " + number + "; it has " + layout().turnouts());
    }
    return position;
  }

  /** What the track looks like. */
  public Layout layout() {
    return machine.trains().track().layout();
  }

  /** A turnout lies so. */
  public Condition turnoutIs(int number, Position position) {
    return new Condition() {
      @Override
      public boolean holds() {
        return turnout(number) == position;
      }

      @Override
      public String text() {
        return "turnout " + number + " is " + position;
      }

      @Override
      public boolean mayHoldAfter(TraceEvent event) {
        return event instanceof TrainEvent;
      }
    };
  }
}
