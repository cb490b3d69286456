package dev.roundhouse.cli.map;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Position;

/** A train set whose time the test moves. */
final class DrivenTrack {
  private static final long SECOND = 1_000_000_000;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final TrainSet set;

  DrivenTrack(TrainSetPlan plan) {
    set = plan.in(new TrainSet.Machine(clock, agenda, new SilentTrace(), (where, what) -> {}));
  }

  DrivenTrack speed(int train, int level) {
    set.track().speed(train, level, Light.OFF);
    return this;
  }

  DrivenTrack turnout(int number, Position position) {
    set.track().throwTurnout(number, position);
    return this;
  }

  DrivenTrack seconds(double seconds) {
    long until = clock.nanos() + Math.round(seconds * SECOND);
    while (agenda.nextNanos() <= until) {
      clock.advanceTo(agenda.nextNanos());
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(until);
    return this;
  }

  TrackSnapshot look() {
    return set.snapshot();
  }
}
