package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Frames as they are on Ethernet ("CAN CS2 Protokoll 2.0", 1.2.7): identifier, big endian, length,
 * and eight bytes of data with zeros behind the last. One of them collects bytes of a stream.
 */
public final class FrameBytes {
  /** How many there are of each frame. */
  public static final int SIZE = 13;

  private static final int ID_BITS = 29;

  private final ByteBuffer stream = ByteBuffer.allocate(SIZE);

  /** At the beginning of a stream. */
  public FrameBytes() {
    // Nothing has come yet.
  }

  /** Whether a frame is one of those that stations speak: of data, with 29 bits of identifier. */
  public static boolean holds(CanFrame frame) {
    return frame.format() == CanFrame.Format.EXTENDED && frame.kind() == CanFrame.Kind.DATA;
  }

  /** The bytes of a frame that these can hold. */
  public static byte[] of(CanFrame frame) {
    return ByteBuffer.allocate(SIZE)
        .putInt(frame.id())
        .put((byte) frame.length())
        .putLong(frame.data())
        .array();
  }

  /** The frame of so many bytes, if it is one. */
  public static Optional<CanFrame> parse(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int id = buffer.getInt();
    int length = buffer.get();
    boolean isFrame = id >>> ID_BITS == 0 && length >= 0 && length <= CanFrame.MOST_BYTES;
    return isFrame ? Optional.of(CanFrame.of(id, length, buffer.getLong())) : Optional.empty();
  }

  /**
   * Takes the next byte of a stream.
   *
   * @return the frame that it ends, if it ends one
   */
  public Optional<CanFrame> take(int value) {
    stream.put((byte) value);
    if (stream.hasRemaining()) {
      return Optional.empty();
    }
    stream.clear();
    return parse(stream.array());
  }
}
