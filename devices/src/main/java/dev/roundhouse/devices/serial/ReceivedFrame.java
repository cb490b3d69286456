package dev.roundhouse.devices.serial;

/**
 * What a receiver makes of a frame that was sent in some format: the line is sampled in the middle
 * of each bit as the receiver counts bits, from the falling edge of the start bit on. After its
 * last stop bit the line is idle, that is high.
 *
 * @param value the data bits as received, 0 to 255
 * @param parity whether the parity bit was right
 * @param stop whether the first stop bit was high
 * @param isBreak whether the line was low from the start bit to the stop bit
 */
public record ReceivedFrame(int value, Check parity, Check stop, boolean isBreak) {
  /** The result of checking a bit. */
  public enum Check {
    /** The bit is as it should be. */
    GOOD,
    /** The bit is wrong. */
    BAD
  }

  /** The frame that carries {@code value}, sent as {@code sentAs} and received as {@code by}. */
  public static ReceivedFrame sample(int value, SerialFormat sentAs, SerialFormat by) {
    int data = 0;
    for (int bit = 0; bit < by.dataBits(); bit++) {
      data |= sampleBit(value, sentAs, by, 1 + bit) << bit;
    }
    int next = 1 + by.dataBits();
    Check parity = Check.GOOD;
    int highBits = data;
    if (by.parity() != Parity.NONE) {
      int parityBit = sampleBit(value, sentAs, by, next);
      parity = check(parityBit, by.parity().bitFor(data));
      highBits += parityBit;
      next++;
    }
    Check stop = check(sampleBit(value, sentAs, by, next), 1);
    return new ReceivedFrame(data, parity, stop, highBits == 0 && stop == Check.BAD);
  }

  /** The level of the line in the middle of the receiver's bit {@code index}, start bit first. */
  private static int sampleBit(int value, SerialFormat sentAs, SerialFormat by, int index) {
    // (index + 1/2) of the receiver's bits, counted in the sender's bits.
    long senderBit = (2L * index + 1) * sentAs.baud() / (2L * by.baud());
    if (senderBit == 0) {
      return 0;
    }
    if (senderBit <= sentAs.dataBits()) {
      return value >>> (senderBit - 1) & 1;
    }
    if (senderBit == 1 + sentAs.dataBits() && sentAs.parity() != Parity.NONE) {
      return sentAs.parity().bitFor(value & sentAs.dataMask());
    }
    return 1;
  }

  private static Check check(int seen, int wanted) {
    return seen == wanted ? Check.GOOD : Check.BAD;
  }
}
