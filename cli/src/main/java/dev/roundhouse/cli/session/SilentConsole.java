package dev.roundhouse.cli.session;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices that a guest talks to another line than the console: kernels of this family have their
 * terminal at UART0, UART1 or behind SPI, depending on the year.
 */
final class SilentConsole {
  private final int console;
  private final Map<Integer, UartAttachment> attachments = new TreeMap<>();
  private final Map<Integer, Counter> counters = new TreeMap<>();

  /** Watches the console and the lines at which nothing else is. */
  SilentConsole(int console, Map<Integer, UartAttachment> attachments) {
    this.console = console;
    this.attachments.putAll(attachments);
    for (int line : Cables.SERIAL) {
      if (line == console || !attachments.containsKey(line)) {
        UartAttachment end = attachments.getOrDefault(line, UartAttachment.unconnected());
        Counter counter = new Counter(end.output());
        counters.put(line, counter);
        this.attachments.put(line, new UartAttachment(end.input(), counter));
      }
    }
  }

  /** The same far ends, watched. */
  Map<Integer, UartAttachment> attachments() {
    return attachments;
  }

  /** What to tell the user, if nothing came to the console but something to another line. */
  Optional<String> advice() {
    Counter heard = counters.get(console);
    if (heard != null && heard.bytes > 0) {
      return Optional.empty();
    }
    return counters.entrySet().stream()
        .filter(line -> line.getValue().bytes > 0)
        .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.bytes, b.bytes)))
        .map(line ->
            "nothing came to the console, %s, but %d bytes to %s: --console %s shows them"
                .formatted(
                    Cables.name(console),
                    line.getValue().bytes,
                    Cables.name(line.getKey()),
                    Cables.label(line.getKey())));
  }

  private static final class Counter implements OutputPort {
    private final OutputPort port;
    private long bytes;

    Counter(OutputPort port) {
      this.port = port;
    }

    @Override
    public void put(int value) throws IOException {
      bytes++;
      port.put(value);
    }

    @Override
    public void flush() throws IOException {
      port.flush();
    }
  }
}
