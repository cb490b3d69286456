package dev.roundhouse.kernel.abi;

import java.util.List;

/**
 * The GIC interrupts that the kernel serves (kernel/include/interrupt.h, GIC_INTR_ID_*, 9d49562).
 *
 * @param timer compare 1 of the system timer
 * @param uart all UARTs
 * @param gpio bank 0 of the GPIO pins
 * @param uarts the numbers of the UARTs behind {@code uart}, in the order of service
 */
public record InterruptIds(int timer, int uart, int gpio, List<Integer> uarts) {
  /** Copies the list. */
  public InterruptIds {
    uarts = List.copyOf(uarts);
  }

  /** The event of the timer. */
  public EventId timerEvent() {
    return EventId.of(timer, 0);
  }

  /** The event of UART {@code number}. */
  public EventId uartEvent(int number) {
    return EventId.of(uart, number);
  }

  /** An event as people call it, such as {@code the timer's event}. */
  public String nameOf(EventId event) {
    if (event.equals(timerEvent())) {
      return "the timer's event";
    }
    return wakes(event) ? "the event of UART " + event.source() : "event " + event;
  }

  /**
   * Whether the interrupt handler ever wakes a task that waits for {@code event}. GPIO events exist
   * but only feed the encoders (kernel/src/interrupt.c, process_intr_gpio_pin).
   */
  public boolean wakes(EventId event) {
    return event.equals(timerEvent())
        || (event.interrupt() == uart && uarts.contains(event.source()));
  }

  /** Whether {@code event} is one of the kernel's, waking someone or not. */
  public boolean knows(EventId event) {
    return wakes(event) || event.interrupt() == gpio;
  }
}
