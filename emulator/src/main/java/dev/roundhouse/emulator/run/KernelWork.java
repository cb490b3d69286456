package dev.roundhouse.emulator.run;

import dev.roundhouse.kernel.board.KernelTime;

/**
 * The time that the kernel's own work takes. One {@code print_raw} may poll for hours of virtual
 * time, so outside input comes in and the run's limits hold while the kernel polls.
 */
public record KernelWork(GuestTime time, RunControl control) implements KernelTime {
  @Override
  public void charge(long nanos) {
    time.charge(nanos);
  }

  @Override
  public boolean untilNextDeadline() {
    control.lookIfDue(time.nanos());
    return !control.hasEnded() && time.untilNextDeadline();
  }
}
