package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;

/**
 * The fields of a line control register that set the format of frames.
 *
 * @param wordLength 0 for 5 bits to 3 for 8
 * @param twoStopBits instead of one
 * @param parityEnable whether there is a parity bit
 * @param evenParity instead of odd
 * @param stickParity whether the parity bit is the opposite of {@code evenParity}, whatever the
 *     data
 */
public record FormatFields(
    Field wordLength, Field twoStopBits, Field parityEnable, Field evenParity, Field stickParity) {
  private static final int SHORTEST_WORD = 5;

  /** The format that a register's value sets. */
  public SerialFormat in(int lineControl, int baud) {
    int dataBits = SHORTEST_WORD + wordLength.in(lineControl);
    int stopBits = twoStopBits.isSetIn(lineControl) ? 2 : 1;
    return new SerialFormat(baud, dataBits, parityIn(lineControl), stopBits);
  }

  private Parity parityIn(int lineControl) {
    if (!parityEnable.isSetIn(lineControl)) {
      return Parity.NONE;
    }
    boolean even = evenParity.isSetIn(lineControl);
    if (stickParity.isSetIn(lineControl)) {
      return even ? Parity.SPACE : Parity.MARK;
    }
    return even ? Parity.EVEN : Parity.ODD;
  }
}
