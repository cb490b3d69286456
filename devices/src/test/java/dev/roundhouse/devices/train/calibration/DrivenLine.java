package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Transcript.Sent;
import dev.roundhouse.devices.train.layout.BoxKind;

/** A client at a simulated line that reads all contacts without end, and drives in between. */
final class DrivenLine {
  private static final int READ_FIVE = 133;
  private static final long READ_NANOS = 80_000_000;

  final Simulation simulation;
  private long now;

  DrivenLine(TrainSetPlan plan) {
    simulation = new Simulation(plan, BoxKind.SERIAL_6051, new SilentTrace());
  }

  DrivenLine send(int... bytes) {
    for (int value : bytes) {
      simulation.send(new Sent.OfLine(now, value));
    }
    return this;
  }

  DrivenLine seconds(double seconds) {
    long end = now + Math.round(seconds * 1e9);
    while (now < end) {
      simulation.send(new Sent.OfLine(now, READ_FIVE));
      now += READ_NANOS;
      simulation.advanceTo(now);
    }
    return this;
  }

  /** Drives levels one after the other, each from standstill, with stops at uneven times. */
  DrivenLine tour(int train, int stops, int... levels) {
    for (int level : levels) {
      for (int stop = 0; stop < stops; stop++) {
        send(level, train).seconds(14 + 3.37 * stop + 0.61 * level);
        send(0, train).seconds(10);
      }
    }
    return this;
  }

  Transcript transcript() {
    return simulation.heard();
  }
}
