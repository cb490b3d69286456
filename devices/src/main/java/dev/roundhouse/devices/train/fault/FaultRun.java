package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.DueAction;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.ArrayList;
import java.util.List;

/** Lets the faults of a plan begin and end at their times. */
public final class FaultRun {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double LEAST_PART = 0.5;
  private static final double GREATEST_PART = 1.5;

  private final TrainServices services;
  private final FaultySet set;
  private final List<Fault> present = new ArrayList<>();

  private FaultRun(TrainServices services, FaultySet set) {
    this.services = services;
    this.set = set;
  }

  /**
   * Lets the faults of the start begin, and sets the alarms of the others.
   *
   * @throws DescriptionException if the plan does not fit the track
   */
  public static void start(FaultPlan plan, TrainServices services, FaultySet set) {
    for (int i = 0; i < plan.entries().size(); i++) {
      try {
        set.check(plan.entries().get(i).fault());
      } catch (DescriptionException e) {
        throw new DescriptionException("fault plan, faults[" + i + "]: " + e.getMessage());
      }
    }
    FaultRun run = new FaultRun(services, set);
    plan.entries().forEach(run::schedule);
  }

  private void schedule(FaultPlan.Entry entry) {
    if (entry.fromNanos() > services.clock().nanos()) {
      alarm(entry, at -> begin(entry.fault())).setAt(entry.fromNanos());
    } else {
      begin(entry.fault());
    }
    entry.untilNanos().ifPresent(until -> alarm(entry, at -> end(entry.fault())).setAt(until));
    if (entry.fault() instanceof Fault.GhostSensor ghost) {
      new Ghost(ghost, entry).haunt(entry.fromNanos());
    }
  }

  private Alarm alarm(FaultPlan.Entry entry, DueAction action) {
    return services.agenda().alarm("fault " + entry.fault().text(), action);
  }

  private void begin(Fault fault) {
    present.add(fault);
    set.begin(fault);
    set.setBox(present);
    report(fault, "begins");
  }

  /** Ends a fault; what others of its kind do goes on. */
  private void end(Fault fault) {
    present.remove(fault);
    set.end(fault);
    present.stream().filter(other -> other.getClass() == fault.getClass()).forEach(set::begin);
    set.setBox(present);
    report(fault, "ends");
  }

  private void report(Fault fault, String state) {
    services.journal().report(new TrainEvent.FaultChanged(fault.text(), state));
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
