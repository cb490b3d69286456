package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.irq.SourceState;
import dev.roundhouse.devices.pmu.PerformanceMonitor;
import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.devices.timer.SystemTimer;

/** Whether anything can still interrupt a core that waits for it. */
record InterruptSources(Bcm2711 board) {
  private static final int PIN_BANKS = 3;

  boolean mayStillInterrupt() {
    return systemTimerMay()
        || genericTimerMay()
        || performanceMonitorMay()
        || uartMay()
        || pinMay()
        || auxMay()
        || spiMay()
        || mailboxMay()
        || board.watchdog().isCountingDown();
  }

  boolean mayStillInterrupt(int interrupt, int source) {
    int compare = interrupt - Bcm2711.SYSTEM_TIMER_INTERRUPT;
    if (compare >= 0 && compare < SystemTimer.COMPARES) {
      return board.systemTimer().compareLiesAhead(compare);
    }
    return interrupt == Bcm2711.UART_INTERRUPT && board.uart(source).mayStillInterrupt();
  }

  SourceState state(int interrupt, int source) {
    if (!isEnabled(interrupt)) {
      return new SourceState(
          SourceState.Arming.NEVER,
          "interrupt %d is not enabled at the interrupt controller".formatted(interrupt));
    }
    int compare = interrupt - Bcm2711.SYSTEM_TIMER_INTERRUPT;
    if (compare >= 0 && compare < SystemTimer.COMPARES) {
      return board.systemTimer().sourceState(compare);
    }
    return interrupt == Bcm2711.UART_INTERRUPT
        ? board.uartState(source)
        : new SourceState(SourceState.Arming.NEVER, "nothing makes interrupt " + interrupt);
  }

  private boolean isEnabled(int interrupt) {
    return board.gic().isEnabled(interrupt);
  }

  private boolean systemTimerMay() {
    for (int n = 0; n < SystemTimer.COMPARES; n++) {
      int interrupt = Bcm2711.SYSTEM_TIMER_INTERRUPT + n;
      if (isEnabled(interrupt) && board.systemTimer().compareLiesAhead(n)) {
        return true;
      }
    }
    return false;
  }

  private boolean genericTimerMay() {
    GenericTimer timer = board.genericTimer();
    return (isEnabled(GenericTimer.PHYSICAL_INTERRUPT) && timer.physical().mayInterrupt())
        || (isEnabled(GenericTimer.VIRTUAL_INTERRUPT) && timer.virtual().mayInterrupt())
        || (isEnabled(GenericTimer.HYPERVISOR_INTERRUPT) && timer.hypervisor().mayInterrupt());
  }

  private boolean performanceMonitorMay() {
    return isEnabled(PerformanceMonitor.INTERRUPT) && board.performanceMonitor().mayInterrupt();
  }

  private boolean uartMay() {
    return isEnabled(Bcm2711.UART_INTERRUPT)
        && Bcm2711.UARTS.stream().anyMatch(n -> board.uart(n).mayStillInterrupt());
  }

  private boolean pinMay() {
    boolean isAnyPinsEnabled = isEnabled(Bcm2711.GPIO_INTERRUPT + PIN_BANKS);
    for (int bank = 0; bank < PIN_BANKS; bank++) {
      boolean isBankEnabled = isAnyPinsEnabled || isEnabled(Bcm2711.GPIO_INTERRUPT + bank);
      if (isBankEnabled && board.gpio().mayStillInterrupt(bank)) {
        return true;
      }
    }
    return false;
  }

  private boolean auxMay() {
    return isEnabled(Bcm2711.AUX_INTERRUPT) && board.auxMayStillInterrupt();
  }

  private boolean spiMay() {
    return isEnabled(Bcm2711.SPI_INTERRUPT) && board.spiMayStillInterrupt();
  }

  private boolean mailboxMay() {
    return isEnabled(Bcm2711.MAILBOX_INTERRUPT) && board.mailbox().mayStillInterrupt();
  }
}
