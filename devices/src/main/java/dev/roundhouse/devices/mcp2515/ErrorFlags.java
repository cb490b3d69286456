package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.Confinement;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * EFLG, TEC and REC (data sheet, 6.7 and 7.6). ERRIF is set when a bit of EFLG becomes set, and
 * with each frame that is lost.
 */
final class ErrorFlags {
  private static final int WARNING = 96;
  private static final int PASSIVE = 128;
  private static final int MOST = 0xFF;
  private static final Field OVERFLOWS = Field.of("RX1OVR, RX0OVR", 6, 2);
  private static final int BUS_OFF = 1 << 5;
  private static final int SEND_PASSIVE = 1 << 4;
  private static final int RECEIVE_PASSIVE = 1 << 3;
  private static final int SEND_WARNING = 1 << 2;
  private static final int RECEIVE_WARNING = 1 << 1;
  private static final int ANY_WARNING = 1;

  private final ChipInterrupts interrupts;
  private final IntSupplier sendErrors;
  private final IntSupplier receiveErrors;
  private final Supplier<Confinement> state;
  private int overflows;
  private int known;

  ErrorFlags(
      ChipRegisters registers,
      ChipInterrupts interrupts,
      IntSupplier sendErrors,
      IntSupplier receiveErrors,
      Supplier<Confinement> state) {
    this.interrupts = interrupts;
    this.sendErrors = sendErrors;
    this.receiveErrors = receiveErrors;
    this.state = state;
    registers.add(Register.of("TEC", 0x1C, Access.RO).readBy(() -> capped(sendErrors)));
    registers.add(Register.of("REC", 0x1D, Access.RO).readBy(() -> capped(receiveErrors)));
    registers.addBitModifiable(
        Register.of("EFLG", 0x2D, Access.RW)
            .fields(OVERFLOWS)
            .readBy(() -> overflows | ofCounters())
            .writtenBy(value -> overflows = value));
  }

  private static int capped(IntSupplier count) {
    return Math.min(MOST, count.getAsInt());
  }

  void reset() {
    overflows = 0;
    known = 0;
  }

  /** A frame was lost to a full buffer. */
  void overflow(int bit) {
    overflows |= bit;
    interrupts.raise(ChipInterrupts.ERROR);
  }

  /** The counters may have changed. */
  void update() {
    int now = ofCounters();
    if ((now & ~known) != 0) {
      interrupts.raise(ChipInterrupts.ERROR);
    }
    known = now;
  }

  private int ofCounters() {
    int sent = sendErrors.getAsInt();
    int received = receiveErrors.getAsInt();
    return (state.get() == Confinement.BUS_OFF ? BUS_OFF : 0)
        | (sent >= PASSIVE ? SEND_PASSIVE : 0)
        | (received >= PASSIVE ? RECEIVE_PASSIVE : 0)
        | (sent >= WARNING ? SEND_WARNING : 0)
        | (received >= WARNING ? RECEIVE_WARNING : 0)
        | (Math.max(sent, received) >= WARNING ? ANY_WARNING : 0);
  }
}
