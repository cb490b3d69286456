package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.emulator.platform.CanSocket;
import java.io.IOException;
import java.util.Optional;

/**
 * An interface of SocketCAN (Linux Documentation/networking/can.rst): who administers the host sets
 * its rate.
 */
record SocketCanAdapter(CanSocket socket) implements CanAdapter {
  private static final int EXTENDED = 1 << 31;
  private static final int REMOTE_OR_ERROR = 3 << 29;
  private static final int ID_MASK = (1 << 29) - 1;

  @Override
  public Optional<CanFrame> receive() throws IOException {
    for (var raw = socket.receive(); raw.isPresent(); raw = socket.receive()) {
      CanSocket.Raw frame = raw.get();
      if ((frame.id() & EXTENDED) != 0 && (frame.id() & REMOTE_OR_ERROR) == 0) {
        return Optional.of(CanFrame.of(frame.id() & ID_MASK, frame.length(), frame.data()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void send(CanFrame frame) throws IOException {
    socket.send(new CanSocket.Raw(frame.id() | EXTENDED, frame.length(), frame.data()));
  }

  @Override
  public long sendNanos(CanFrame frame) {
    return frame.wireBits() * CanBus.BIT_NANOS;
  }

  @Override
  public void close() {
    socket.close();
  }
}
