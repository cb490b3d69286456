package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.BoxCable;
import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Transcript.Sent;
import dev.roundhouse.devices.train.layout.BoxKind;

/** A train set with nobody but a sender at its line or bus, on a clock of its own. */
final class Simulation {
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final Transcript heard = new Transcript();
  private final Sender sender;

  /** Who sends to a box as soon as it can. */
  interface Sender {
    /** Sends, as soon as what was to be sent before has gone. */
    void send(Sent what);
  }

  /** A train set behind a box of this kind; what happens goes to {@code trace}. */
  Simulation(TrainSetPlan plan, BoxKind kind, TraceSink trace) {
    TrainSetPlan behind =
        new TrainSetPlan(
            plan.layout(),
            plan.locomotives(),
            plan.trains(),
            plan.turnouts(),
            plan.faults(),
            plan.box().kind() == kind ? plan.box() : BoxPlan.shipped(kind),
            plan.seed());
    BoxCable cable =
        behind.in(new TrainSet.Machine(clock, agenda, trace, (where, what) -> {})).cable();
    sender =
        switch (cable) {
          case BoxCable.Serial line -> new LineSender(clock, agenda, line, heard);
          case BoxCable.Can(var bus, _) -> new BusSender(clock, bus, heard);
        };
  }

  /** Sends as soon as it can. */
  void send(Sent what) {
    sender.send(what);
  }

  /** Lets time pass. */
  void advanceTo(long nanos) {
    while (agenda.nextNanos() <= nanos) {
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(Math.max(clock.nanos(), nanos));
  }

  /** What has passed on its line or bus. */
  Transcript heard() {
    return heard;
  }
}
