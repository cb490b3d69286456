package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.DueAction;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.track.TrackServices;

/** Lets the faults of a plan begin and end at their times. */
public final class FaultRun {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double LEAST_PART = 0.5;
  private static final double GREATEST_PART = 1.5;

  private final TrackServices services;
  private final FaultySet set;

  private FaultRun(TrackServices services, FaultySet set) {
    this.services = services;
    this.set = set;
  }

  /**
   * Sets the plan's alarms. Faults from the start on begin at once, so that names that the layout
   * does not have are found.
   *
   * @throws dev.roundhouse.devices.train.file.TrainSetException if the plan does not fit the track
   */
  public static void start(FaultPlan plan, TrackServices services, FaultySet set) {
    FaultRun run = new FaultRun(services, set);
    plan.entries().forEach(run::schedule);
  }

  private void schedule(FaultPlan.Entry entry) {
    // Names are checked now, not in the middle of the run.
    set.begin(entry.fault());
    if (entry.fromNanos() > services.clock().nanos()) {
      set.end(entry.fault());
      alarm(entry, at -> begin(entry.fault())).setAt(entry.fromNanos());
    }
    entry.untilNanos().ifPresent(until -> alarm(entry, at -> end(entry.fault())).setAt(until));
    if (entry.fault() instanceof Fault.GhostSensor ghost) {
      new Ghost(ghost, entry).haunt(entry.fromNanos());
    }
  }

  private Alarm alarm(FaultPlan.Entry entry, DueAction action) {
    return services.agenda().alarm("fault " + entry.fault(), action);
  }

  private void begin(Fault fault) {
    set.begin(fault);
    services.journal().report(new TrainEvent.FaultChanged(fault.toString(), "begins"));
  }

  private void end(Fault fault) {
    set.end(fault);
    services.journal().report(new TrainEvent.FaultChanged(fault.toString(), "ends"));
  }

  private final class Ghost {
    private final Fault.GhostSensor ghost;
    private final FaultPlan.Entry entry;
    private final Alarm alarm;

    Ghost(Fault.GhostSensor ghost, FaultPlan.Entry entry) {
      this.ghost = ghost;
      this.entry = entry;
      alarm = alarm(entry, this::appear);
    }

    void haunt(long after) {
      double part = services.chance().nextDouble(LEAST_PART, GREATEST_PART);
      long next = after + Math.round(ghost.everySeconds() * part * NANOS_PER_SECOND);
      if (next < entry.untilNanos().orElse(Long.MAX_VALUE)) {
        alarm.setAt(next);
      }
    }

    private void appear(long atNanos) {
      set.track().faults().pulse(ghost.sensor());
      haunt(atNanos);
    }
  }
}
