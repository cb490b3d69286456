package dev.roundhouse.kernel.board;

import dev.roundhouse.devices.bus.Bus;

/**
 * The kernel's use of one PL011 (lib/libbase/rpi_uart.c, 9d49562; registers: PL011 Technical
 * Reference Manual DDI 0183, 3.3).
 */
public final class UartDriver {
  private static final int DR = 0x00;
  private static final int FR = 0x18;
  private static final int IBRD = 0x24;
  private static final int FBRD = 0x28;
  private static final int LCRH = 0x2C;
  private static final int CR = 0x30;
  private static final int IMSC = 0x38;
  private static final int MIS = 0x40;
  private static final int ICR = 0x44;
  private static final int FR_TXFF = 0x20;
  private static final int LCRH_8_BITS_WITH_FIFO = 0x70;
  private static final int CR_ENABLED = 0x301;
  private static final int DIVISOR_FRACTION_BITS = 6;
  private static final int DIVISOR_FRACTION_MASK = (1 << DIVISOR_FRACTION_BITS) - 1;
  private static final int WORD = Integer.BYTES;

  /** After so many deadlines in a row without room for one byte the line is taken for dead. */
  private static final int MOST_WAITS = 1 << 16;

  private final Bus bus;
  private final long base;
  private final long clockHz;

  /** Drives UART {@code number} of {@code devices}. */
  public UartDriver(DrivenDevices devices, int number) {
    bus = devices.bus();
    base = devices.addresses().uart(number);
    clockHz = devices.rates().uart();
  }

  /**
   * Sets 8 data bits, no parity, 1 stop bit, FIFOs on, and enables both directions (uart_init). The
   * write of 0 to ICR clears nothing.
   */
  public void start(int baud) {
    long control = read(CR);
    write(CR, 0);
    long divisor = clockHz * 4 / baud;
    write(ICR, 0);
    write(LCRH, LCRH_8_BITS_WITH_FIFO);
    write(IBRD, divisor >>> DIVISOR_FRACTION_BITS);
    write(FBRD, divisor & DIVISOR_FRACTION_MASK);
    write(CR, control | CR_ENABLED);
  }

  /**
   * Sends a byte, polling for room (uart_putc).
   *
   * @return false if there will be none
   */
  public boolean put(byte value, KernelTime time) {
    int waits = 0;
    while ((read(FR) & FR_TXFF) != 0) {
      if (++waits > MOST_WAITS || !time.untilNextDeadline()) {
        return false;
      }
    }
    bus.write(base + DR, Byte.BYTES, Byte.toUnsignedLong(value));
    return true;
  }

  /** The masked interrupt status (uart_intr_status). */
  public long maskedStatus() {
    return read(MIS);
  }

  /** Masks all its interrupts (uart_intr_unarm): the write of 0 to ICR clears none of them. */
  public void disarm() {
    write(ICR, 0);
    write(IMSC, 0);
  }

  private long read(int register) {
    return bus.read(base + register, WORD);
  }

  private void write(int register, long value) {
    bus.write(base + register, WORD, value);
  }
}
