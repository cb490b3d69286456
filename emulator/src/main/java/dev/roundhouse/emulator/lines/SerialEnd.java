package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.Handshake;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.platform.HostSerialPort;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.Notices;
import dev.roundhouse.emulator.process.StopGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A real interface box on a serial port at 2400 baud, 8N2. */
final class SerialEnd implements HostEnd {
  private static final long STEP_NANOS = 1_000_000;
  private static final Duration FIRST_CLEAR = Duration.ofSeconds(1);

  private final String name;
  private final SerialSettings settings;
  private final IntConsumer sent;
  private final String path;
  private final HostSerialPort first;
  private final Notices notices;
  private final OutputQueue output;
  private final UartAttachment attachment;
  private final AtomicReference<@Nullable GuardedLink> serving = new AtomicReference<>();

  /**
   * How a port is used.
   *
   * @param sent hears of each byte that leaves
   */
  record Use(SerialSettings settings, IntConsumer sent) {}

  private SerialEnd(String name, String path, Use use, Notices notices) throws IOException {
    this.name = name;
    this.path = path;
    settings = use.settings;
    sent = use.sent;
    this.notices = notices;
    first = HostSerialPort.open(path, SerialFormat.MARKLIN);
    output = new OutputQueue(name, OutputQueue.Peer.PRESENT, notices);
    attachment = new UartAttachment(new InputSource.Live(this::start, Handshake.BY_BYTE), output);
  }

  static SerialEnd open(int uart, String path, Use use, Notices notices) throws HostFailure {
    try {
      SerialEnd end = new SerialEnd(Cables.name(uart), path, use, notices);
      if (!end.becomesClear()) {
        end.first.close();
        throw new IOException(
            "no clear to send (CTS): is the box on, and does the cable have that line?"
                + " --serial-cts ignore goes without");
      }
      return end;
    } catch (IOException e) {
      throw new HostFailure(
          "--uart " + Cables.label(uart) + "=serial:" + path + ": " + e.getMessage(), e);
    }
  }

  private boolean becomesClear() {
    if (settings.clearToSend() == SerialSettings.ClearToSend.IGNORE) {
      return true;
    }
    long deadline = System.nanoTime() + FIRST_CLEAR.toNanos();
    while (!first.isClearToSend() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(STEP_NANOS);
    }
    return first.isClearToSend();
  }

  @Override
  public UartAttachment attachment() {
    return attachment;
  }

  private void start(int uart, LiveGate gate) {
    SerialLink link =
        new SerialLink(
            new SerialLink.Ends(
                name,
                () -> HostSerialPort.open(path, SerialFormat.MARKLIN),
                new Program(uart, gate),
                notices),
            settings,
            first);
    StopGuard.Errand errand = StopGuard.Errand.by6051(first.path());
    serving.set(new GuardedLink(name, link, errand, notices, STEP_NANOS));
  }

  @Override
  public void close() {
    GuardedLink link = serving.get();
    if (link == null) {
      first.close();
    } else {
      link.close();
    }
  }

  /** The machine's side of the line. */
  private final class Program implements SerialLink.Program {
    private final int uart;
    private final LiveGate gate;
    private boolean isLossTold;

    Program(int uart, LiveGate gate) {
      this.uart = uart;
      this.gate = gate;
    }

    @Override
    public OptionalInt next() {
      return output.poll();
    }

    @Override
    public boolean hasNext() {
      return !output.isEmpty();
    }

    @Override
    public void sent(int value) {
      sent.accept(value);
    }

    @Override
    public void received(int value) {
      if (!gate.offerIfThereIsRoom(new ExternalInput.SerialByte(uart, value)) && !isLossTold) {
        isLossTold = true;
        notices.say(name + ": the program does not read what the box answers; bytes are lost");
      }
    }

    @Override
    public void clearToSend(Signal state, long taken) {
      gate.offer(new ExternalInput.ClearToSend(uart, state, taken));
    }
  }
}
