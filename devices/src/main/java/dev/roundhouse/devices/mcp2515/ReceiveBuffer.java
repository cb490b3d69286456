package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanFrame.Format;
import dev.roundhouse.devices.can.CanFrame.Kind;
import dev.roundhouse.devices.mcp2515.AcceptanceFilters.Choice;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;

/** A receive buffer: RXBnCTRL, identifier, DLC and data (data sheet, registers 4-1 to 4-9). */
final class ReceiveBuffer {
  private static final Field MODE = Field.of("RXM", 5, 2);
  private static final Field ROLLOVER = Field.bit("BUKT", 2);
  private static final Choice[] CHOICES = {
    Choice.MATCHING, Choice.STANDARD, Choice.EXTENDED, Choice.ALL
  };
  private static final int SRR = 1 << 4;
  private static final int RTR = 1 << 6;
  private static final int DLC = Identifier.BYTES;
  private static final int DATA = DLC + 1;
  private static final int SIZE = DATA + CanFrame.MOST_BYTES;

  private final int address;
  private final Register control;
  private final int[] bytes = new int[SIZE];
  private Format format = Format.STANDARD;
  private Kind kind = Kind.DATA;
  private int filter;
  private long order;
  private boolean wasRead = true;

  /** RXB0 or RXB1; its registers begin at {@code address} with the control register. */
  ReceiveBuffer(ChipRegisters registers, int number, int address) {
    this.address = address;
    String name = "RXB" + number;
    Field remote = Field.bit("RXRTR", 3);
    Register row = ChipRegisters.row(name + "CTRL", address, Access.RW);
    control =
        number == 0
            ? row.fields(MODE, ROLLOVER)
                .flag(Field.bit("BUKT1", 1), this::rollsOver)
                .flag(remote, this::isRemote)
                .shows(Field.bit("FILHIT0", 0), this::filter)
            : row.fields(MODE)
                .flag(remote, this::isRemote)
                .shows(Field.of("FILHIT", 0, 3), this::filter);
    registers.addBitModifiable(control);
    for (int n = 0; n < SIZE; n++) {
      int place = n;
      registers.add(
          ChipRegisters.row(name + "[" + n + "]", address + 1 + n, Access.RO)
              .readBy(() -> bytes[place]));
    }
  }

  boolean contains(int at) {
    return at > address && at <= address + SIZE;
  }

  Choice choice() {
    return CHOICES[MODE.in(control.value())];
  }

  boolean rollsOver() {
    return control.has(ROLLOVER);
  }

  /** The filter that let the frame in. */
  int filter() {
    return filter;
  }

  boolean isExtended() {
    return format == Format.EXTENDED;
  }

  boolean isRemote() {
    return kind == Kind.REMOTE;
  }

  boolean wasRead() {
    return wasRead;
  }

  void noteRead() {
    wasRead = true;
  }

  boolean isOlderThan(ReceiveBuffer other) {
    return order < other.order;
  }

  void reset() {
    filter = 0;
    kind = Kind.DATA;
    wasRead = true;
  }

  /** Takes a frame; data bytes that it does not have stay as they were. */
  void fill(CanFrame frame, int acceptedBy, long newOrder) {
    Identifier id = Identifier.of(frame.format(), frame.id());
    format = frame.format();
    kind = frame.kind();
    filter = acceptedBy;
    order = newOrder;
    wasRead = false;
    bytes[0] = id.high();
    bytes[1] = id.low() | (isRemote() && !isExtended() ? SRR : 0);
    bytes[2] = id.eid8();
    bytes[Identifier.BYTES - 1] = id.eid0();
    bytes[DLC] = frame.dlc() | (isRemote() && isExtended() ? RTR : 0);
    for (int n = 0; n < frame.length(); n++) {
      bytes[DATA + n] = frame.dataByte(n);
    }
  }
}
