package dev.roundhouse.kernel.abi;

/**
 * What {@code await_event} waits for: the number of a GIC interrupt in the high half, a source
 * behind that interrupt in the low half (kernel/include/interrupt.h, INTR_ID_*, 9d49562).
 *
 * @param value the number as programs pass it
 */
public record EventId(int value) {
  private static final int INTERRUPT_SHIFT = 16;
  private static final int SOURCE_MASK = 0xFFFF;

  /** The event of {@code source} behind GIC interrupt {@code interrupt}. */
  public static EventId of(int interrupt, int source) {
    return new EventId((interrupt << INTERRUPT_SHIFT) + source);
  }

  /** The GIC id of the interrupt. */
  public int interrupt() {
    return value >>> INTERRUPT_SHIFT;
  }

  /** Which source behind the interrupt: for UARTs their number. */
  public int source() {
    return value & SOURCE_MASK;
  }

  @Override
  public String toString() {
    return "0x%x (interrupt %d, source %d)".formatted(value, interrupt(), source());
  }
}
