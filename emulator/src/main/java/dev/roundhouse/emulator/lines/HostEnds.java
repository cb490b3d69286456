package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.Notices;
import java.util.function.IntConsumer;

/** Sets up far ends. */
public final class HostEnds {
  private final Notices notices;
  private final Settings ports;
  private final IntConsumer sent;

  /** How real lines are used: to a 6051, and to a station on CAN. */
  public record Settings(SerialSettings serial, CanSettings can) {
    /** Without limits. */
    public static final Settings PLAIN = new Settings(SerialSettings.PLAIN, CanSettings.PLAIN);
  }

  /** Far ends that report by {@code notices}; real lines are used as {@code ports} says. */
  public HostEnds(Notices notices, Settings ports) {
    this(notices, ports, value -> {});
  }

  /**
   * The same.
   *
   * @param sent hears of each byte that leaves for a real line or bus, on a thread of its own
   */
  public HostEnds(Notices notices, Settings ports, IntConsumer sent) {
    this.notices = notices;
    this.ports = ports;
    this.sent = sent;
  }

  /**
   * Sets up what the user asked for.
   *
   * @throws HostFailure when the host cannot
   */
  public HostEnd open(int uart, LineTarget target) throws HostFailure {
    return switch (target) {
      case LineTarget.None() -> unconnected();
      case LineTarget.ToFile(var path) -> FileEnd.open(uart, path);
      case LineTarget.Tcp(int port) -> TcpEnd.open(uart, port, notices);
      case LineTarget.Pty() -> PtyEnd.open(uart, notices);
      case LineTarget.Serial(String port) when uart == Cables.CAN ->
          CanEnd.open(CanEnd.Way.bySerialPort(port, ports.can().baud()), canUse());
      case LineTarget.Serial(String port) ->
          SerialEnd.open(uart, port, new SerialEnd.Use(ports.serial(), sent), notices);
      case LineTarget.SocketCan(String name) -> CanEnd.open(CanEnd.Way.bySocket(name), canUse());
      case LineTarget.Track _ ->
          throw new IllegalArgumentException("a track is in the machine, not on the host");
    };
  }

  private CanEnd.Use canUse() {
    return new CanEnd.Use(ports.can(), sent, notices);
  }

  private static HostEnd unconnected() {
    UartAttachment nobody = UartAttachment.unconnected();
    return new HostEnd() {
      @Override
      public UartAttachment attachment() {
        return nobody;
      }

      @Override
      public void close() {
        // Nothing was set up.
      }
    };
  }
}
