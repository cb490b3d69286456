package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import java.util.function.IntConsumer;

/**
 * CANINTE, CANINTF and the pin INT, which is low while a flag is set whose enable is (data sheet,
 * 7). Programs may set and clear every flag.
 */
final class ChipInterrupts {
  /** A message is in RXB0; the next bit is RXB1's. */
  static final int RX0 = 1;

  /** A message is in RXB1. */
  static final int RX1 = 1 << 1;

  /** TXB0 is empty; the next bits are TXB1's and TXB2's. */
  static final int TX0 = 1 << 2;

  /** A bit of EFLG has become set. */
  static final int ERROR = 1 << 5;

  /** The bus woke the chip. */
  static final int WAKE = 1 << 6;

  /** A message was destroyed while it was sent or received. */
  static final int MESSAGE_ERROR = 1 << 7;

  private static final Field CODE = Field.of("ICOD", 1, 3);

  /** The flags by their code of 1 to 7, which is their priority (data sheet, table 7-1). */
  private static final int[] BY_CODE = {0, ERROR, WAKE, TX0, TX0 << 1, TX0 << 2, RX0, RX1};

  private final IrqLine pin;
  private final Register enables;
  private IntConsumer whenChanged = cleared -> {};
  private int set;

  /** Nothing is enabled. */
  ChipInterrupts(ChipRegisters registers, IrqLine pin) {
    this.pin = pin;
    enables =
        registers.addBitModifiable(
            ChipRegisters.row("CANINTE", 0x2B, Access.RW).writtenBy(value -> update()));
    registers.addBitModifiable(
        ChipRegisters.row("CANINTF", 0x2C, Access.RW).readBy(() -> set).writtenBy(this::written));
    update();
  }

  /** Tells of flags that a program has cleared, and of those that it has set as none. */
  void whenWritten(IntConsumer action) {
    whenChanged = action;
  }

  private void written(int value) {
    int cleared = set & ~value;
    set = value;
    whenChanged.accept(cleared);
    update();
  }

  void raise(int bits) {
    set |= bits;
    update();
  }

  void clear(int bits) {
    set &= ~bits;
    update();
  }

  /** As after a reset. */
  void reset() {
    set = 0;
    update();
  }

  boolean has(int bit) {
    return (set & bit) != 0;
  }

  int flags() {
    return set;
  }

  boolean isEnabled(int bit) {
    return (enables.value() & bit) != 0;
  }

  boolean isAnyEnabled() {
    return enables.value() != 0;
  }

  /** The code of the most urgent enabled one, in its place in CANSTAT. */
  int code() {
    int asking = set & enables.value();
    for (int code = 1; code < BY_CODE.length; code++) {
      if ((asking & BY_CODE[code]) != 0) {
        return CODE.with(code);
      }
    }
    return 0;
  }

  private void update() {
    pin.set(Level.of((set & enables.value()) == 0));
  }
}
