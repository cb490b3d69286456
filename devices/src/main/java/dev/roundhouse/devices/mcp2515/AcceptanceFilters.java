package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanFrame.Format;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import java.util.function.BooleanSupplier;

/**
 * The six filters and two masks (data sheet, 4.5). They are written, and read as other than 0, in
 * configuration mode alone.
 */
final class AcceptanceFilters {
  /** No filter matches. */
  static final int NONE = -1;

  private static final int[] FILTERS = {0x00, 0x04, 0x08, 0x10, 0x14, 0x18};
  private static final int[] MASKS = {0x20, 0x24};
  private static final int[] FIRST_OF_BUFFER = {0, 2, 6};
  private static final String[] PARTS = {"SIDH", "SIDL", "EID8", "EID0"};

  private final Register[][] filters = new Register[FILTERS.length][];
  private final Register[][] masks = new Register[MASKS.length][];

  /** Which frames a buffer takes (RXBnCTRL.RXM). */
  enum Choice {
    /** Those that match, each filter for the format that it says. */
    MATCHING,
    /** Standard ones that match. */
    STANDARD,
    /** Extended ones that match. */
    EXTENDED,
    /** All. */
    ALL
  }

  AcceptanceFilters(ChipRegisters registers, BooleanSupplier isConfiguring) {
    for (int n = 0; n < FILTERS.length; n++) {
      filters[n] = identifier(registers, "RXF" + n, FILTERS[n], isConfiguring);
    }
    for (int n = 0; n < MASKS.length; n++) {
      masks[n] = identifier(registers, "RXM" + n, MASKS[n], isConfiguring);
    }
  }

  private static Register[] identifier(
      ChipRegisters registers, String name, int address, BooleanSupplier isConfiguring) {
    Register[] four = new Register[Identifier.BYTES];
    for (int n = 0; n < four.length; n++) {
      int absent = n == 1 ? ~Identifier.SIDL_BITS : 0;
      four[n] =
          registers.addConfiguration(
              ChipRegisters.row(name + PARTS[n], address + n, Access.RW)
                  .keeping(() -> absent)
                  .enabledBy(isConfiguring));
    }
    return four;
  }

  private static Identifier valueOf(Register[] four) {
    return Identifier.of(
        four[0].value(), four[1].value(), four[2].value(), four[Identifier.BYTES - 1].value());
  }

  /** The first filter of a buffer that lets a frame in, {@link #NONE} if none does. */
  int match(int buffer, Choice choice, CanFrame frame) {
    if (choice == Choice.ALL) {
      return FIRST_OF_BUFFER[buffer];
    }
    Identifier mask = valueOf(masks[buffer]);
    for (int n = FIRST_OF_BUFFER[buffer]; n < FIRST_OF_BUFFER[buffer + 1]; n++) {
      if (lets(valueOf(filters[n]), mask, choice, frame)) {
        return n;
      }
    }
    return NONE;
  }

  private static boolean lets(Identifier filter, Identifier mask, Choice choice, CanFrame frame) {
    Format wanted =
        switch (choice) {
          case STANDARD -> Format.STANDARD;
          case EXTENDED -> Format.EXTENDED;
          default -> filter.format();
        };
    Identifier id = Identifier.of(frame.format(), frame.id());
    boolean isSame =
        frame.format() == wanted && ((id.standard() ^ filter.standard()) & mask.standard()) == 0;
    if (frame.format() == Format.EXTENDED) {
      return isSame && ((id.extension() ^ filter.extension()) & mask.extension()) == 0;
    }
    boolean looksAtData = choice == Choice.MATCHING;
    return isSame
        && (!looksAtData
            || (isSameByte(frame, 0, filter.eid8(), mask.eid8())
                && isSameByte(frame, 1, filter.eid0(), mask.eid0())));
  }

  /** Filters look at the first two bytes of standard frames, if they are there. */
  private static boolean isSameByte(CanFrame frame, int index, int filter, int mask) {
    return index >= frame.length() || ((frame.dataByte(index) ^ filter) & mask) == 0;
  }
}
