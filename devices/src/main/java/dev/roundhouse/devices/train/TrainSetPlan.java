package dev.roundhouse.devices.train;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a train set is made of, before there is a machine.
 *
 * @param trains for each train by number the sensor past which it stands
 * @param turnouts those that are elsewhere at the start than the layout has them
 * @param seed of all chance
 */
public record TrainSetPlan(
    Layout layout,
    LocomotiveCatalog locomotives,
    SortedMap<Integer, String> trains,
    SortedMap<Integer, Position> turnouts,
    FaultPlan faults,
    BoxPlan box,
    long seed) {
  /** No seed was given: chance decides nothing about locomotives. */
  public static final long NO_SEED = 0;

  /** Copies the maps. */
  public TrainSetPlan {
    trains = Collections.unmodifiableSortedMap(new TreeMap<>(trains));
    turnouts = Collections.unmodifiableSortedMap(new TreeMap<>(turnouts));
  }

  /** A plan for a layout with the shipped locomotives, none of them on the track yet. */
  public static Builder on(Layout layout) {
    return new Builder(layout);
  }

  /**
   * The train set in a machine.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException if a train, turnout or fault does not
   *     fit the layout; the message is for the user
   */
  public TrainSet in(TrainSet.Machine machine) {
    return new TrainSet(this, machine);
  }

  /**
   * Finds mistakes before there is a machine.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException as {@link #in} does
   */
  public void check() {
    var _ =
        in(
            new TrainSet.Machine(
                new VirtualClock(), new Agenda(), new SilentTrace(), (where, what) -> {}));
  }

  /** Collects what a train set is made of. */
  public static final class Builder {
    private final Layout layout;
    private final SortedMap<Integer, String> trains = new TreeMap<>();
    private final SortedMap<Integer, Position> turnouts = new TreeMap<>();
    private LocomotiveCatalog locomotives;
    private FaultPlan faults = FaultPlan.NONE;
    private BoxPlan box;
    private long seed = NO_SEED;

    private Builder(Layout layout) {
      this.layout = layout;
      locomotives = LocomotiveCatalog.shipped(layout.box());
      box = BoxPlan.shipped(layout.box());
    }

    /** Other locomotives than the shipped ones. */
    public Builder locomotives(LocomotiveCatalog catalog) {
      locomotives = catalog;
      return this;
    }

    /** The locomotives are the means of what was measured, whatever the seed. */
    public Builder withoutScatter() {
      locomotives = locomotives.mean();
      return this;
    }

    /** A train that stands with its pick-up just past a sensor, heading on in its direction. */
    public Builder train(int number, String sensor) {
      trains.put(number, sensor);
      return this;
    }

    /** Where a turnout is at the start. */
    public Builder turnout(int number, Position position) {
      turnouts.put(number, position);
      return this;
    }

    public Builder faults(FaultPlan plan) {
      faults = plan;
      return this;
    }

    /** The box, if it is not the layout's as it is shipped. */
    public Builder box(BoxPlan newBox) {
      box = newBox;
      return this;
    }

    /** The seed of all chance, also of how locomotives differ from their means. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public TrainSetPlan plan() {
      return new TrainSetPlan(layout, locomotives, trains, turnouts, faults, box, seed);
    }
  }
}
