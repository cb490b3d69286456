package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.mcp2515.AcceptanceFilters.Choice;
import dev.roundhouse.devices.mcp2515.DriverMistakes.Mistake;
import dev.roundhouse.devices.register.Field;
import java.util.function.BooleanSupplier;

/**
 * The two receive buffers, and which of them takes a frame (data sheet, 4, and figure 4-3): RXB0 if
 * its filters let it in, then RXB1 with BUKT; else RXB1 if its own filters do.
 */
final class ReceiveBuffers {
  /** RX1OVR in EFLG. */
  static final int OVERFLOW_1 = 1 << 7;

  /** RX0OVR in EFLG. */
  static final int OVERFLOW_0 = 1 << 6;

  private static final Field STATUS_FULL = Field.of("FULL", 6, 2);
  private static final Field STATUS_EXTENDED = Field.bit("EXTENDED", 4);
  private static final Field STATUS_REMOTE = Field.bit("REMOTE", 3);
  private static final int ROLLED_OVER = 6;

  private final ChipInterrupts interrupts;
  private final AcceptanceFilters filters;
  private final ErrorFlags errors;
  private final DriverMistakes mistakes;
  private final ReceiveBuffer[] buffers;
  private long order;

  ReceiveBuffers(
      ChipRegisters registers,
      ChipInterrupts interrupts,
      ErrorFlags errors,
      BooleanSupplier isConfiguring,
      DriverMistakes mistakes) {
    this.interrupts = interrupts;
    this.errors = errors;
    this.mistakes = mistakes;
    filters = new AcceptanceFilters(registers, isConfiguring);
    buffers =
        new ReceiveBuffer[] {
          new ReceiveBuffer(registers, 0, 0x60), new ReceiveBuffer(registers, 1, 0x70)
        };
  }

  /** As after a reset. */
  void reset() {
    for (ReceiveBuffer buffer : buffers) {
      buffer.reset();
    }
  }

  /** A valid frame has come. */
  void received(CanFrame frame) {
    int filter = filters.match(0, choice(0), frame);
    if (filter != AcceptanceFilters.NONE) {
      takeFirst(frame, filter);
      return;
    }
    filter = filters.match(1, choice(1), frame);
    if (filter == AcceptanceFilters.NONE) {
      return;
    }
    if (isFull(1)) {
      overflow(OVERFLOW_1);
    } else {
      store(1, frame, filter);
    }
  }

  private Choice choice(int n) {
    return buffers[n].choice();
  }

  private void takeFirst(CanFrame frame, int filter) {
    if (!isFull(0)) {
      store(0, frame, filter);
    } else if (!buffers[0].rollsOver()) {
      overflow(OVERFLOW_0);
    } else if (isFull(1)) {
      overflow(OVERFLOW_1);
    } else {
      store(1, frame, filter);
    }
  }

  private boolean isFull(int n) {
    return interrupts.has(flag(n));
  }

  private static int flag(int n) {
    return n == 0 ? ChipInterrupts.RX0 : ChipInterrupts.RX1;
  }

  private void store(int n, CanFrame frame, int filter) {
    buffers[n].fill(frame, filter, order++);
    interrupts.raise(flag(n));
  }

  private void overflow(int bit) {
    errors.overflow(bit);
    String which = bit == OVERFLOW_0 ? "RXB0 is full (RX0OVR)" : "the buffers are full (RX1OVR)";
    mistakes.tell(
        Mistake.OVERFLOW,
        "a frame is lost, for " + which + ": read and free them sooner, the chip holds two");
  }

  /** An instruction reads from an address. */
  void readFrom(int address) {
    for (ReceiveBuffer buffer : buffers) {
      if (buffer.contains(address)) {
        buffer.noteRead();
      }
    }
  }

  /** A program clears flags, of which those of receive buffers free them. */
  void freed(int flags) {
    boolean isFirstFreed = (flags & ChipInterrupts.RX0) != 0;
    if (isFirstFreed && isFull(1) && buffers[1].isOlderThan(buffers[0])) {
      mistakes.tell(
          Mistake.OUT_OF_ORDER,
          "RXB0 is emptied while RXB1 holds an older frame, so they come out of order: when both"
              + " are full, empty RXB0 and then RXB1 before looking again");
    }
    for (int n = 0; n < buffers.length; n++) {
      if ((flags & flag(n)) != 0 && !buffers[n].wasRead()) {
        mistakes.tell(
            Mistake.FREED_UNREAD,
            "RX" + n + "IF is cleared though RXB" + n + " was not read: its frame is lost");
      }
    }
  }

  /** The answer to RX STATUS (data sheet, figure 12-9). */
  int status() {
    int full = interrupts.flags() & (ChipInterrupts.RX0 | ChipInterrupts.RX1);
    if (full == 0) {
      return 0;
    }
    int n = isFull(0) ? 0 : 1;
    ReceiveBuffer shown = buffers[n];
    int filter = n == 1 && shown.filter() < 2 ? ROLLED_OVER + shown.filter() : shown.filter();
    return STATUS_FULL.with(full)
        | (shown.isExtended() ? STATUS_EXTENDED.mask() : 0)
        | (shown.isRemote() ? STATUS_REMOTE.mask() : 0)
        | filter;
  }
}
