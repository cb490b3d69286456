package dev.roundhouse.devices.board;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.DeviceAddresses;
import dev.roundhouse.devices.time.ClockRates;
import java.util.List;

/**
 * What is fixed of a board, before there is one.
 *
 * @param deviceSpace the addresses of devices
 * @param lines the serial lines by ascending number
 */
public record BoardLayout(
    AddressRange deviceSpace, List<Line> lines, DeviceAddresses addresses, ClockRates rates) {
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
