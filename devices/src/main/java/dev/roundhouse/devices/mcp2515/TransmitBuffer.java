package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanFrame.Kind;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;

/**
 * A transmit buffer: TXBnCTRL, identifier, DLC and data (data sheet, registers 3-1 to 3-8). What is
 * written while TXREQ is set goes into the buffer all the same; a frame that has begun is as it
 * was.
 */
final class TransmitBuffer {
  private static final Field REQUEST = Field.bit("TXREQ", 3);
  private static final Field PRIORITY = Field.of("TXP", 0, 2);
  private static final int ABORTED = 1 << 6;
  private static final int LOST_ARBITRATION = 1 << 5;
  private static final int ERROR = 1 << 4;
  private static final int DLC = Identifier.BYTES;
  private static final int DLC_BITS = 0x4F;
  private static final int DLC_MASK = 0xF;
  private static final int RTR = 1 << 6;
  private static final int DATA = DLC + 1;
  private static final int SIZE = DATA + CanFrame.MOST_BYTES;

  private final TransmitBuffers owner;
  private final Register[] bytes = new Register[SIZE];
  private boolean isRequested;
  private int priority;
  private int outcome;

  /** A buffer whose registers begin at {@code address} with the control register. */
  TransmitBuffer(TransmitBuffers owner, ChipRegisters registers, String name, int address) {
    this.owner = owner;
    registers.addBitModifiable(
        Register.of(name + "CTRL", address, Access.RW)
            .fields(REQUEST, PRIORITY)
            .readBy(this::control)
            .writtenBy(this::controlWritten));
    for (int n = 0; n < SIZE; n++) {
      int absent = absentBits(n);
      Register row =
          ChipRegisters.row(name + "[" + n + "]", address + 1 + n, Access.RW)
              .keeping(() -> absent)
              .writtenBy(value -> owner.noteWrite(this));
      bytes[n] = registers.add(row);
    }
  }

  /** Bits that read as 0 whatever is written. */
  private static int absentBits(int place) {
    return switch (place) {
      case 1 -> ~Identifier.SIDL_BITS;
      case DLC -> ~DLC_BITS;
      default -> 0;
    };
  }

  private int control() {
    return (isRequested ? REQUEST.mask() : 0) | PRIORITY.with(priority) | outcome;
  }

  private void controlWritten(int value) {
    priority = PRIORITY.in(value);
    boolean wasRequested = isRequested;
    if (REQUEST.isSetIn(value)) {
      request();
    } else if (wasRequested) {
      isRequested = false;
      outcome |= owner.isSending(this) ? 0 : ABORTED;
      owner.settle();
    }
  }

  /** Sets TXREQ, which clears what became of the frame before. */
  void request() {
    if (!isRequested) {
      isRequested = true;
      outcome = 0;
      owner.requested(this);
    }
  }

  boolean isRequested() {
    return isRequested;
  }

  int priority() {
    return priority;
  }

  void reset() {
    isRequested = false;
    priority = 0;
    outcome = 0;
  }

  void sent() {
    isRequested = false;
  }

  void lostArbitration() {
    outcome |= LOST_ARBITRATION;
  }

  void failed() {
    outcome |= ERROR;
  }

  /** Gives the frame up. */
  void abort() {
    isRequested = false;
    outcome |= ABORTED;
  }

  CanFrame frame() {
    Identifier id = Identifier.of(value(0), value(1), value(2), value(Identifier.BYTES - 1));
    long data = 0;
    for (int n = 0; n < CanFrame.MOST_BYTES; n++) {
      data = data << Byte.SIZE | value(DATA + n);
    }
    Kind kind = (value(DLC) & RTR) != 0 ? Kind.REMOTE : Kind.DATA;
    return new CanFrame(id.format(), kind, id.id(), value(DLC) & DLC_MASK, data);
  }

  private int value(int place) {
    return bytes[place].value();
  }
}
