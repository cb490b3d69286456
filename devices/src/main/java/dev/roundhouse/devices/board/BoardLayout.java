package dev.roundhouse.devices.board;

import dev.roundhouse.devices.bus.AddressRange;
import java.util.List;

/**
 * What is fixed of a board, before there is one.
 *
 * @param deviceSpace the addresses of devices
 * @param lines the serial lines by ascending number
 */
public record BoardLayout(
    AddressRange deviceSpace,
    List<Line> lines,
    Addresses addresses,
    Interrupts interrupts,
    Rates rates) {
  /** Copies the list. */
  public BoardLayout {
    lines = List.copyOf(lines);
  }

  /**
   * A serial line.
   *
   * @param name in reports, such as {@code UART2}
   * @param label what users call it, such as {@code 2}
   */
  public record Line(int number, String name, String label) {}

  /**
   * The first addresses of the devices that the kernel model drives.
   *
   * @param uartSpacing from a PL011's to the next one's
   */
  public record Addresses(
      long systemTimer,
      long powerManagement,
      long gpio,
      long uart0,
      long uartSpacing,
      long interruptDistributor,
      long interruptCpuInterface) {
    /** A PL011's. */
    public long uart(int number) {
      return uart0 + number * uartSpacing;
    }
  }

  /**
   * The ids of interrupts at the interrupt controller.
   *
   * @param systemTimer of compare register 0; the others follow
   * @param uart what all PL011s share
   * @param gpio of the pins of bank 0; other banks and all pins follow
   * @param auxiliary what mini UART and auxiliary SPIs share
   * @param mailbox from the firmware's processor
   */
  public record Interrupts(int systemTimer, int uart, int gpio, int auxiliary, int mailbox) {}

  /**
   * Clock rates as the firmware leaves them, in Hz.
   *
   * @param systemTimer of the system timer's counter
   * @param genericTimer CNTFRQ_EL0
   * @param uart UARTCLK of the PL011s
   */
  public record Rates(long systemTimer, long genericTimer, long uart) {}

  /**
   * A serial line by its number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Line line(int number) {
    return lines.stream()
        .filter(line -> line.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the board has no serial line " + number));
  }
}
