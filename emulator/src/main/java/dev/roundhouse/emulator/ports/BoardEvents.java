package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.InterruptIds;
import dev.roundhouse.kernel.board.EventSources;

/** Asks the devices whether an interrupt may still come while no task runs. */
public record BoardEvents(Bcm2711 board, InterruptIds interrupts) implements EventSources {
  private static final int TIMER_COMPARE = 1;

  @Override
  public boolean mayStillCome(EventId event) {
    if (event.equals(interrupts.timerEvent())) {
      return board.systemTimer().compareLiesAhead(TIMER_COMPARE);
    }
    return interrupts.wakes(event) && board.uart(event.source()).mayStillInterrupt();
  }
}
