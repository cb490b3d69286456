package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;

/** Offsets, fields and reset values of a PL011's registers (PL011 TRM, DDI 0183, 3.2 and 3.3). */
final class Pl011Layout {
  static final int DR = 0x00;
  static final int RSRECR = 0x04;
  static final int FR = 0x18;
  static final int ILPR = 0x20;
  static final int IBRD = 0x24;
  static final int FBRD = 0x28;
  static final int LCRH = 0x2C;
  static final int CR = 0x30;
  static final int IFLS = 0x34;
  static final int IMSC = 0x38;
  static final int RIS = 0x3C;
  static final int MIS = 0x40;
  static final int ICR = 0x44;
  static final int DMACR = 0x48;
  static final int ITCR = 0x80;
  static final int ITIP = 0x84;
  static final int ITOP = 0x88;
  static final int TDR = 0x8C;

  static final int FLAG_CTS = 1;
  static final int FLAG_BUSY = 1 << 3;
  static final int FLAG_RECEIVE_EMPTY = 1 << 4;
  static final int FLAG_TRANSMIT_FULL = 1 << 5;
  static final int FLAG_RECEIVE_FULL = 1 << 6;
  static final int FLAG_TRANSMIT_EMPTY = 1 << 7;
  static final int ALL_IDLE = FLAG_RECEIVE_EMPTY | FLAG_TRANSMIT_EMPTY;
  static final int ALL_IDLE_MASK = ALL_IDLE | FLAG_BUSY;

  static final Field ENABLE = Field.bit("UARTEN", 0);
  static final Field LOOPBACK = Field.bit("LBE", 7);
  static final Field TRANSMIT_ENABLE = Field.bit("TXE", 8);
  static final Field RECEIVE_ENABLE = Field.bit("RXE", 9);
  static final Field REQUEST_TO_SEND = Field.bit("RTS", 11);
  static final Field RTS_ENABLE = Field.bit("RTSEN", 14);
  static final Field CTS_ENABLE = Field.bit("CTSEN", 15);
  static final int CONTROL_AFTER_RESET = 0x300;

  static final Field TRANSMIT_LEVEL = Field.of("TXIFLSEL", 0, 3);
  static final Field RECEIVE_LEVEL = Field.of("RXIFLSEL", 3, 3);
  static final int LEVELS_AFTER_RESET = 0x12;

  static final int DATA_BITS = 8;
  static final int DIVISOR_BITS = 16;
  static final int FRACTION_BITS = 6;
  static final int INTERRUPT_BITS = 11;
  static final int DATA_MASK = 0xFF;

  /** What programs do that lose no bytes. */
  static final LostBytes.Advice LOST_BYTES =
      new LostBytes.Advice("wait for FR.TXFF = 0", "read DR until FR.RXFE = 1");

  private Pl011Layout() {}

  /** UARTCR; the chip has no DTR, OUT1 and OUT2. */
  static Register controlRegister() {
    return Register.of("CR", CR, Access.RW)
        .fields(
            ENABLE,
            Field.unmodelled("SIREN", 1, 1),
            Field.unmodelled("SIRLP", 2, 1),
            LOOPBACK,
            TRANSMIT_ENABLE,
            RECEIVE_ENABLE,
            REQUEST_TO_SEND,
            RTS_ENABLE,
            CTS_ENABLE)
        .reset(CONTROL_AFTER_RESET);
  }

  /** UARTIFLS. */
  static Register levelsRegister() {
    return Register.of("IFLS", IFLS, Access.RW)
        .fields(TRANSMIT_LEVEL, RECEIVE_LEVEL)
        .reset(LEVELS_AFTER_RESET);
  }

  /** UARTLCR_H. */
  static Register lineControlRegister() {
    return Register.of("LCRH", LCRH, Access.RW)
        .fields(
            Pl011LineSettings.BREAK,
            Pl011LineSettings.PARITY_ENABLE,
            Pl011LineSettings.EVEN_PARITY,
            Pl011LineSettings.TWO_STOP_BITS,
            Pl011LineSettings.FIFO_ENABLE,
            Pl011LineSettings.WORD_LENGTH,
            Pl011LineSettings.STICK_PARITY);
  }
}
