package dev.roundhouse.devices.mcp2515;

/** The instructions of the chip (data sheet, table 12-1). */
enum ChipInstruction {
  RESET,
  READ,
  WRITE,
  BIT_MODIFY,
  READ_RX_BUFFER,
  LOAD_TX_BUFFER,
  REQUEST_TO_SEND,
  READ_STATUS,
  RX_STATUS,
  /** No instruction: the chip ignores what follows. */
  UNDEFINED;

  private static final int LAST_LOAD = 0x45;

  /** The instruction that a byte begins. */
  static ChipInstruction of(int first) {
    return switch (first) {
      case 0xC0 -> RESET;
      case 0x03 -> READ;
      case 0x02 -> WRITE;
      case 0x05 -> BIT_MODIFY;
      case 0x90, 0x92, 0x94, 0x96 -> READ_RX_BUFFER;
      case 0x40, 0x41, 0x42, 0x43, 0x44, LAST_LOAD -> LOAD_TX_BUFFER;
      case 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87 -> REQUEST_TO_SEND;
      case 0xA0 -> READ_STATUS;
      case 0xB0 -> RX_STATUS;
      default -> UNDEFINED;
    };
  }

  /** Bytes with which it is whole; what may follow repeats or goes on. */
  int length() {
    return switch (this) {
      case RESET, REQUEST_TO_SEND, UNDEFINED -> 1;
      case READ_RX_BUFFER, LOAD_TX_BUFFER, READ_STATUS, RX_STATUS -> 2;
      case READ, WRITE -> 3;
      case BIT_MODIFY -> 4;
    };
  }
}
