package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.platform.HostSerialPort;
import dev.roundhouse.emulator.platform.SerialPortDescription;
import dev.roundhouse.emulator.process.HostFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The serial ports of the host. */
public final class SerialPorts {
  private SerialPorts() {}

  /**
   * What is known of a port.
   *
   * @param path what to give after {@code serial:}
   * @param description what it is, as far as the host knows
   * @param problem why it cannot be opened; empty if it can
   */
  public record Port(String path, String description, Optional<String> problem) {}

  /**
   * All ports. Each one is opened for a moment, to see whether it can be.
   *
   * @throws HostFailure when the host cannot be asked
   */
  public static List<Port> list() throws HostFailure {
    try {
      return HostSerialPort.list().stream().map(SerialPorts::port).toList();
    } catch (IOException e) {
      throw new HostFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private static Port port(SerialPortDescription known) {
    List<String> parts = new ArrayList<>(List.of(known.description()));
    known.maker().filter(maker -> !known.description().contains(maker)).ifPresent(parts::add);
    if (known.vendor().isPresent()) {
      parts.add("USB " + hex(known.vendor()) + ":" + hex(known.product()));
    }
    known.serialNumber().ifPresent(number -> parts.add("serial number " + number));
    return new Port(known.path(), String.join(", ", parts), known.problem());
  }

  private static String hex(OptionalInt id) {
    return id.isPresent() ? String.format(Locale.ROOT, "%04x", id.getAsInt()) : "?";
  }
}
