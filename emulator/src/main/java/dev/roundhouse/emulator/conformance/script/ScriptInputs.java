package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.ReplayGate.Stamped;
import dev.roundhouse.emulator.input.UartAttachment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What reaches the UARTs of a system, and where what they send goes. */
final class ScriptInputs {
  private ScriptInputs() {}

  /** All bytes at their times; behind a UART's last one its input has ended. */
  static List<Stamped> of(ScriptedSystem system) {
    List<Stamped> stamped = new ArrayList<>();
    Map<Integer, Long> ends = new TreeMap<>();
    for (ScriptedSystem.SerialInput input : system.inputs()) {
      input
          .bytes()
          .chars()
          .forEach(value ->
              stamped.add(
                  new Stamped(input.atNanos(), new ExternalInput.SerialByte(input.uart(), value))));
      ends.put(input.uart(), input.atNanos());
    }
    // The sort is stable: the end comes behind the bytes of the same time.
    ends.forEach((uart, at) -> stamped.add(new Stamped(at, new ExternalInput.SerialEnded(uart))));
    stamped.sort(Comparator.comparingLong(Stamped::nanos));
    return stamped;
  }

  /** The lines of all UARTs. */
  static Map<Integer, UartAttachment> lines(ScriptedSystem system, Observer observer) {
    Map<Integer, UartAttachment> lines = new TreeMap<>();
    for (int uart : Bcm2711.UARTS) {
      boolean hasInput = system.inputs().stream().anyMatch(input -> input.uart() == uart);
      // A live peer whose bytes come by the gate.
      InputSource source =
          hasInput ? new InputSource.Live((number, gate) -> {}) : new InputSource.Nothing();
      lines.put(uart, new UartAttachment(source, observer.outputOf(uart)));
    }
    return lines;
  }
}
