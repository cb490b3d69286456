package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.train.cs3.FrameBytes;
import dev.roundhouse.devices.train.cs3.StationCommand;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.platform.CanSocket;
import dev.roundhouse.emulator.platform.HostSerialPort;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.Notices;
import dev.roundhouse.emulator.process.StopGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A real Central Station on a CAN bus. A bus on which no station answers within a second is
 * refused: its rate may be another one, its cable pulled, or the station off.
 */
final class CanEnd implements HostEnd {
  private static final String NAME = Cables.name(Cables.CAN);
  private static final long STEP_NANOS = 250_000;
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(1);

  private final Way way;
  private final Use use;
  private final CanAdapter first;
  private final OutputQueue output;
  private final UartAttachment attachment;
  private final AtomicReference<@Nullable GuardedLink> serving = new AtomicReference<>();

  /**
   * How a bus is used.
   *
   * @param sent hears of each byte that leaves
   */
  record Use(CanSettings settings, IntConsumer sent, Notices notices) {}

  /**
   * A way to a real CAN bus.
   *
   * @param target as the user gave it
   * @param opener opens it
   * @param errand what stops the trains when this process cannot
   */
  record Way(String target, CanAdapter.Opener opener, StopGuard.Errand errand) {
    private static final int DATA_BITS = 8;

    /** By an SLCAN adapter at a serial port. */
    static Way bySerialPort(String port, int baud) {
      SerialFormat format = new SerialFormat(baud, DATA_BITS, Parity.NONE, 1);
      return new Way(
          "serial:" + port,
          () -> SlcanAdapter.over(HostSerialPort.open(port, format), format),
          StopGuard.Errand.bySlcan(HostSerialPort.pathOf(port), baud));
    }

    /** By an interface of SocketCAN. */
    static Way bySocket(String name) {
      return new Way(
          LineTarget.SOCKET_CAN + name,
          () -> new SocketCanAdapter(CanSocket.open(name)),
          StopGuard.Errand.bySocketCan(name));
    }
  }

  private CanEnd(Way way, Use use, CanAdapter first) {
    this.way = way;
    this.use = use;
    this.first = first;
    output = new OutputQueue(NAME, OutputQueue.Peer.PRESENT, use.notices);
    attachment = new UartAttachment(new InputSource.Live(this::start), output);
  }

  static CanEnd open(Way way, Use use) throws HostFailure {
    try {
      CanAdapter adapter = way.opener().open();
      try {
        awaitAnswer(adapter);
        return new CanEnd(way, use, adapter);
      } catch (IOException e) {
        adapter.close();
        throw e;
      }
    } catch (IOException e) {
      throw new HostFailure("--can " + way.target() + ": " + e.getMessage(), e);
    }
  }

  private static void awaitAnswer(CanAdapter adapter) throws IOException {
    adapter.send(StationCommand.ping());
    long deadline = System.nanoTime() + FIRST_ANSWER.toNanos();
    while (System.nanoTime() < deadline) {
      if (adapter.receive().isPresent()) {
        return;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    throw new IOException(
        "no station answers a ping: is the box on, the cable plugged in, and the rate 250 kbit/s?");
  }

  @Override
  public UartAttachment attachment() {
    return attachment;
  }

  private void start(int cable, LiveGate gate) {
    CanLink.Ends ends = new CanLink.Ends(NAME, way.opener(), new Program(cable, gate), use.notices);
    CanLink link = new CanLink(ends, use.settings, first);
    serving.set(new GuardedLink(NAME, link, way.errand(), use.notices, STEP_NANOS));
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
  private final class Program implements CanLink.Program {
    private final int cable;
    private final LiveGate gate;
    private final FrameBytes next = new FrameBytes();

    Program(int cable, LiveGate gate) {
      this.cable = cable;
      this.gate = gate;
    }

    @Override
    public Optional<CanFrame> next() {
      for (OptionalInt value = output.poll(); value.isPresent(); value = output.poll()) {
        Optional<CanFrame> frame = next.take(value.getAsInt());
        if (frame.isPresent()) {
          return frame;
        }
      }
      return Optional.empty();
    }

    @Override
    public void sent(CanFrame frame) {
      for (byte value : FrameBytes.of(frame)) {
        use.sent.accept(Byte.toUnsignedInt(value));
      }
    }

    @Override
    public void received(CanFrame frame) {
      for (byte value : FrameBytes.of(frame)) {
        gate.offer(new ExternalInput.SerialByte(cable, Byte.toUnsignedInt(value)));
      }
    }

    @Override
    public void reach(Signal state) {
      gate.offer(new ExternalInput.ClearToSend(cable, state, 0));
    }
  }
}
