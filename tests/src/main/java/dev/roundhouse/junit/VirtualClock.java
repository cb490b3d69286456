package dev.roundhouse.junit;

import java.time.Duration;

/** A machine's time, which goes on only when the machine runs. */
public final class VirtualClock {
  private final Machine machine;

  VirtualClock(Machine machine) {
    this.machine = machine;
  }

  /** Virtual time since the machine's start. */
  public Duration now() {
    return machine.now();
  }

  /** Lets the machine run for so long. */
  public void advance(Duration virtualTime) {
    machine.runFor(virtualTime);
  }
}
