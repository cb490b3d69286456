package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.gic.Gic400;
import dev.roundhouse.devices.pmu.PerformanceMonitor;
import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.devices.timer.SystemTimer;

/** Whether anything can still wake a core that waits for an interrupt. */
public record BoardInterrupts(Bcm2711 board) {
  private static final int PIN_BANKS = 3;

  public boolean mayStillCome() {
    return systemTimerMay()
        || genericTimerMay()
        || performanceMonitorMay()
        || uartMay()
        || pinMay()
        || auxMay()
        || board.watchdog().isCountingDown();
  }

  private boolean systemTimerMay() {
    for (int n = 0; n < SystemTimer.COMPARES; n++) {
      boolean isEnabled = board.gic().isEnabled(Bcm2711.SYSTEM_TIMER_INTERRUPT + n);
      if (isEnabled && board.systemTimer().compareLiesAhead(n)) {
        return true;
      }
    }
    return false;
  }

  private boolean genericTimerMay() {
    Gic400 gic = board.gic();
    GenericTimer timer = board.genericTimer();
    return (gic.isEnabled(GenericTimer.PHYSICAL_INTERRUPT) && timer.physical().mayInterrupt())
        || (gic.isEnabled(GenericTimer.VIRTUAL_INTERRUPT) && timer.virtual().mayInterrupt())
        || (gic.isEnabled(GenericTimer.HYPERVISOR_INTERRUPT) && timer.hypervisor().mayInterrupt());
  }

  private boolean performanceMonitorMay() {
    return board.gic().isEnabled(PerformanceMonitor.INTERRUPT)
        && board.performanceMonitor().mayInterrupt();
  }

  private boolean auxMay() {
    Gic400 gic = board.gic();
    return (gic.isEnabled(Bcm2711.AUX_INTERRUPT) && board.auxMayStillInterrupt())
        || (gic.isEnabled(Bcm2711.MAILBOX_INTERRUPT) && board.mailbox().mayStillInterrupt());
  }

  private boolean pinMay() {
    boolean isAnyPinsEnabled = board.gic().isEnabled(Bcm2711.GPIO_INTERRUPT + PIN_BANKS);
    for (int bank = 0; bank < PIN_BANKS; bank++) {
      boolean isEnabled = isAnyPinsEnabled || board.gic().isEnabled(Bcm2711.GPIO_INTERRUPT + bank);
      if (isEnabled && board.gpio().mayStillInterrupt(bank)) {
        return true;
      }
    }
    return false;
  }

  private boolean uartMay() {
    return board.gic().isEnabled(Bcm2711.UART_INTERRUPT)
        && Bcm2711.UARTS.stream().anyMatch(n -> board.uart(n).mayStillInterrupt());
  }
}
