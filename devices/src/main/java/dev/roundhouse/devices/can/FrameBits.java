package dev.roundhouse.devices.can;

import java.util.Arrays;

/**
 * The bits of a frame as they are on the wire (ISO 11898-1, 10.4 and 10.5): from start of frame to
 * the CRC with a stuff bit behind each five equal ones, then delimiters, acknowledge slot and end
 * of frame, which are not stuffed.
 */
final class FrameBits {
  /** Recessive bits between two frames. */
  static final int INTERMISSION = 3;

  /** CRC delimiter, acknowledge slot, acknowledge delimiter, end of frame. */
  private static final int TAIL = 10;

  /** CRC delimiter and acknowledge slot. */
  private static final int TAIL_TO_ACKNOWLEDGE = 2;

  private static final int MOST_STUFFED = 160;
  private static final int BASE_BITS = 11;
  private static final int EXTENSION_BITS = 18;
  private static final int DLC_BITS = 4;
  private static final int CRC_BITS = 15;
  private static final int CRC_MASK = (1 << CRC_BITS) - 1;
  private static final int POLYNOMIAL = 0x4599;
  private static final int RUN = 5;

  private final byte[] bits = new byte[MOST_STUFFED];
  private int size;
  private int crc;
  private int runLength;

  private FrameBits() {}

  static FrameBits of(CanFrame frame) {
    FrameBits wire = new FrameBits();
    int remote = frame.remoteBit();
    wire.put(0, 1);
    wire.put(frame.baseId(), BASE_BITS);
    if (frame.format() == CanFrame.Format.EXTENDED) {
      // SRR and IDE, then RTR, r1 and r0 behind the rest of the identifier.
      wire.put(3, 2);
      wire.put(frame.idExtension(), EXTENSION_BITS);
      wire.put(remote << 2, 3);
    } else {
      // RTR, IDE and r0.
      wire.put(remote << 2, 3);
    }
    wire.put(frame.dlc(), DLC_BITS);
    for (int n = 0; n < frame.length(); n++) {
      wire.put(frame.dataByte(n), Byte.SIZE);
    }
    wire.put(wire.crc, CRC_BITS);
    return wire;
  }

  private void put(int value, int width) {
    for (int n = width - 1; n >= 0; n--) {
      int bit = value >>> n & 1;
      int top = crc >>> (CRC_BITS - 1) & 1;
      crc = ((crc << 1) & CRC_MASK) ^ (bit != top ? POLYNOMIAL : 0);
      append(bit);
      if (runLength == RUN) {
        append(1 - bit);
      }
    }
  }

  private void append(int bit) {
    runLength = size > 0 && bits[size - 1] == bit ? runLength + 1 : 1;
    bits[size++] = (byte) bit;
  }

  /** Bits up to the end of the frame; the intermission follows. */
  int count() {
    return size + TAIL;
  }

  /** Bits up to the acknowledge slot, with it. */
  int countToAcknowledge() {
    return size + TAIL_TO_ACKNOWLEDGE;
  }

  /** The first bit in which it differs from {@code other}, -1 if in none. */
  int differsAt(FrameBits other) {
    return Arrays.mismatch(bits, 0, size, other.bits, 0, other.size);
  }
}
