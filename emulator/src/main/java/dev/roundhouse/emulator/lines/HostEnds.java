package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.Notices;
import java.util.function.IntConsumer;

/** Sets up far ends. */
public final class HostEnds {
  private final Notices notices;
  private final SerialSettings serial;
  private final IntConsumer sent;

  /** Far ends that report by {@code notices}; serial ports are used as {@code serial} says. */
  public HostEnds(Notices notices, SerialSettings serial) {
    this(notices, serial, value -> {});
  }

  /**
   * The same.
   *
   * @param sent hears of each byte that leaves by a serial port, on the port's thread
   */
  public HostEnds(Notices notices, SerialSettings serial, IntConsumer sent) {
    this.notices = notices;
    this.serial = serial;
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
      case LineTarget.Serial(String port) ->
          SerialEnd.open(uart, port, new SerialEnd.Use(serial, sent), notices);
      case LineTarget.Track _ ->
          throw new IllegalArgumentException("a track is in the machine, not on the host");
    };
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
