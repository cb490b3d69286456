package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.board.BoardLayout;
import java.util.List;
import java.util.Optional;

/** All that leads off the board to a far end: the serial lines and the CAN bus, by number. */
public final class Cables {
  /**
   * The serial lines: UART0 to UART5, of which 1 is the mini UART, then 6 and 7 for channels A and
   * B of the SC16IS752 behind SPI1.
   */
  public static final List<Integer> SERIAL = List.of(0, 1, 2, 3, 4, 5, 6, 7);

  /** The CAN bus. */
  public static final int CAN = 8;

  /** The serial lines and the CAN bus. */
  public static final List<Integer> ALL = List.of(0, 1, 2, 3, 4, 5, 6, 7, CAN);

  static final int FIRST_SPI_UART = 6;

  private Cables() {}

  /** In reports: {@code UART0} to {@code UART5}, {@code sc0}, {@code sc1}, {@code CAN}. */
  public static String name(int number) {
    if (number == CAN) {
      return "CAN";
    }
    return number < FIRST_SPI_UART ? "UART" + number : "sc" + (number - FIRST_SPI_UART);
  }

  /** How users call a serial line: {@code 0} to {@code 5}, {@code sc0}, {@code sc1}. */
  public static String label(int number) {
    return number < FIRST_SPI_UART ? Integer.toString(number) : name(number);
  }

  /** The number of the serial line with a label. */
  public static Optional<Integer> labelled(String label) {
    return SERIAL.stream().filter(number -> label(number).equals(label)).findFirst();
  }

  static BoardLayout.Line line(int number) {
    return new BoardLayout.Line(number, name(number), label(number));
  }
}
