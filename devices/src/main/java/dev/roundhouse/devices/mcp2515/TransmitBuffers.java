package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.TransmitResult;
import dev.roundhouse.devices.mcp2515.DriverMistakes.Mistake;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The three transmit buffers: which goes next, and what becomes of its frame (data sheet, 3, and
 * figure 3-1).
 */
final class TransmitBuffers {
  private static final int[] ADDRESSES = {0x30, 0x40, 0x50};

  private final ChipInterrupts interrupts;
  private final DriverMistakes mistakes;
  private final Owner chip;
  private final TransmitBuffer[] buffers = new TransmitBuffer[ADDRESSES.length];
  private @Nullable TransmitBuffer sending;
  private boolean isSendingAborted;

  /** What the buffers ask of the chip. */
  interface Owner {
    /** A buffer has a frame to send. */
    void sendSoon();

    /** Fewer buffers than before have one. */
    void settle();

    /** CANCTRL.ABAT. */
    boolean abortsAll();

    /** CANCTRL.OSM. */
    boolean isOneShot();
  }

  TransmitBuffers(
      ChipRegisters registers, ChipInterrupts interrupts, DriverMistakes mistakes, Owner chip) {
    this.interrupts = interrupts;
    this.mistakes = mistakes;
    this.chip = chip;
    for (int n = 0; n < buffers.length; n++) {
      buffers[n] = new TransmitBuffer(this, registers, "TXB" + n, ADDRESSES[n]);
    }
  }

  /** As after a reset. */
  void reset() {
    for (TransmitBuffer buffer : buffers) {
      buffer.reset();
    }
    sending = null;
    isSendingAborted = false;
  }

  /** RTS: sets TXREQ of the buffers in {@code mask}. */
  void request(int mask) {
    for (int n = 0; n < buffers.length; n++) {
      if ((mask >>> n & 1) != 0) {
        buffers[n].request();
      }
    }
  }

  /** The program writes ABAT: what has not begun is aborted, what has if it does not succeed. */
  void abortAll() {
    for (TransmitBuffer buffer : buffers) {
      if (buffer == sending) {
        isSendingAborted = true;
      } else if (buffer.isRequested()) {
        buffer.abort();
      }
    }
    chip.settle();
  }

  /** Whether a frame waits or is on its way. */
  boolean isPending() {
    return sending != null || isAnyRequested();
  }

  /** Whether TXREQ of any buffer is set. */
  boolean isAnyRequested() {
    for (TransmitBuffer buffer : buffers) {
      if (buffer.isRequested()) {
        return true;
      }
    }
    return false;
  }

  boolean isRequested(int number) {
    return buffers[number].isRequested();
  }

  boolean isSending(TransmitBuffer buffer) {
    return buffer == sending;
  }

  void requested(TransmitBuffer buffer) {
    if (chip.abortsAll()) {
      buffer.abort();
    } else {
      chip.sendSoon();
    }
  }

  void settle() {
    chip.settle();
  }

  void noteWrite(TransmitBuffer buffer) {
    if (buffer.isRequested()) {
      mistakes.tell(
          Mistake.WRITTEN_WHILE_PENDING,
          "a transmit buffer is written while its TXREQ is set, so the frame that waits in it"
              + " changes: wait for TXREQ = 0, or use another buffer");
    }
  }

  /** The frame that goes next: the highest TXP first, then the highest buffer number. */
  Optional<CanFrame> begin() {
    TransmitBuffer best = null;
    for (TransmitBuffer buffer : buffers) {
      if (buffer.isRequested() && (best == null || buffer.priority() >= best.priority())) {
        best = buffer;
      }
    }
    sending = best;
    isSendingAborted = false;
    return Optional.ofNullable(best).map(TransmitBuffer::frame);
  }

  /** What has become of the frame that was begun. */
  void ended(TransmitResult result) {
    TransmitBuffer buffer = sending;
    if (buffer == null) {
      return;
    }
    sending = null;
    if (result == TransmitResult.SENT) {
      buffer.sent();
      interrupts.raise(ChipInterrupts.TX0 << numberOf(buffer));
    } else {
      notSent(buffer, result);
    }
    chip.settle();
  }

  private void notSent(TransmitBuffer buffer, TransmitResult result) {
    if (result == TransmitResult.LOST_ARBITRATION) {
      buffer.lostArbitration();
    } else {
      buffer.failed();
      interrupts.raise(ChipInterrupts.MESSAGE_ERROR);
    }
    if (isSendingAborted || chip.isOneShot() || !buffer.isRequested()) {
      buffer.abort();
    }
  }

  private int numberOf(TransmitBuffer buffer) {
    int number = 0;
    while (buffers[number] != buffer) {
      number++;
    }
    return number;
  }
}
