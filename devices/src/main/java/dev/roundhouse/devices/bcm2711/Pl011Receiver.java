package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.trace.DeviceEvent;

/**
 * The receiver of a PL011: the FIFO with its error bits, the level and timeout interrupts (PL011
 * TRM, DDI 0183, 2.4.2, 2.8.3 and 3.3.1), and the taking of frames from the far end.
 */
final class Pl011Receiver {
  static final int FRAMING_ERROR = 1 << 8;
  static final int PARITY_ERROR = 1 << 9;
  static final int BREAK_ERROR = 1 << 10;
  static final int OVERRUN_ERROR = 1 << 11;
  private static final int STATUS_SHIFT = 8;
  private static final int STATUS_OVERRUN = OVERRUN_ERROR >>> STATUS_SHIFT;
  private static final int STATUS_OF_CHARACTER = 7;
  private static final int NO_FRAME = -1;

  /** Whether the far end is asked for frames. */
  enum Input {
    /** Nobody wants them, or the receiver is off. */
    UNWANTED,
    /** Whenever there is room. */
    WANTED
  }

  private final BoardServices board;
  private final String name;
  private final Pl011LineSettings line;
  private final Pl011Interrupts interrupts;
  private final Fifo fifo = new Fifo(Pl011.FIFO_DEPTH);
  private final Alarm frameEnd;
  private final Alarm timeout;
  private SerialPeer peer = new OpenLine();
  private Input input = Input.UNWANTED;
  private boolean peerHasNone;
  private int arriving = NO_FRAME;
  private int trigger = 1;
  private boolean atTrigger;
  private Runnable levelPassed = () -> {};
  private boolean overrunPending;
  private int status;

  Pl011Receiver(
      BoardServices board, String name, Pl011LineSettings line, Pl011Interrupts interrupts) {
    this.board = board;
    this.name = name;
    this.line = line;
    this.interrupts = interrupts;
    this.frameEnd = board.agenda().alarm("UART receive", this::endFrame);
    this.timeout =
        board
            .agenda()
            .alarm("UART receive timeout", at -> interrupts.raise(Pl011Interrupts.RECEIVE_TIMEOUT));
  }

  /** Has {@code action} run each time that the FIFO passes the trigger level. */
  void whenLevelPasses(Runnable action) {
    levelPassed = action;
  }

  void attach(SerialPeer newPeer) {
    peer = newPeer;
    peerHasNone = false;
    takeNext(board.clock().nanos());
  }

  void inputArrived() {
    peerHasNone = false;
    takeNext(board.clock().nanos());
  }

  void setInput(Input newInput) {
    if (newInput != input) {
      input = newInput;
      takeNext(board.clock().nanos());
    }
  }

  void resize(int depth) {
    fifo.resize(depth);
    afterTaking();
    takeNext(board.clock().nanos());
  }

  /** Sets the level from which on the receive interrupt is asserted. */
  void setTrigger(int level) {
    trigger = level;
    checkTrigger();
  }

  /** The oldest character with its error bits; 0 if there is none. */
  int read() {
    if (fifo.isEmpty()) {
      return 0;
    }
    int entry = fifo.pop();
    status = (status & ~STATUS_OF_CHARACTER) | (entry >>> STATUS_SHIFT & STATUS_OF_CHARACTER);
    afterTaking();
    takeNext(board.clock().nanos());
    return entry;
  }

  /** UARTRSR: the errors of the character last read, and overrun. */
  int status() {
    return status;
  }

  void clearStatus() {
    status = 0;
  }

  boolean isEmpty() {
    return fifo.isEmpty();
  }

  boolean isFull() {
    return fifo.isFull();
  }

  boolean isAtTrigger() {
    return atTrigger;
  }

  /** Whether a receive timeout will come if nothing else does. */
  boolean timeoutIsNear() {
    return timeout.isSet();
  }

  /** Whether frames may still come from the far end as things stand. */
  boolean mayReceive() {
    return arriving != NO_FRAME || (!fifo.isFull() && !peer.inputEnded());
  }

  /**
   * A frame is complete.
   *
   * @param entry the character and its error bits
   */
  void arrive(int entry, long atNanos) {
    interrupts.raise(errorSources(entry));
    if (fifo.isFull()) {
      overrunPending = true;
      status |= STATUS_OVERRUN;
      interrupts.raise(Pl011Interrupts.OVERRUN);
      if (board.trace().isOn()) {
        board.trace().emit(atNanos, new DeviceEvent.ReceiveOverrun(name, entry));
      }
    } else {
      fifo.push(overrunPending ? entry | OVERRUN_ERROR : entry);
      overrunPending = false;
      if (board.trace().isOn()) {
        board.trace().emit(atNanos, new DeviceEvent.FrameReceived(name, entry));
      }
      checkTrigger();
    }
    timeout.setAt(atNanos + line.timeoutNanos());
  }

  private void endFrame(long atNanos) {
    int value = arriving;
    arriving = NO_FRAME;
    arrive(value, atNanos);
    takeNext(atNanos);
  }

  /** Lets the next frame from the far end begin, if it has one and there is room for it. */
  private void takeNext(long atNanos) {
    boolean ready = input == Input.WANTED && arriving == NO_FRAME && !fifo.isFull();
    if (!ready || peerHasNone || !line.hasRate()) {
      return;
    }
    int value = peer.nextFrame();
    if (value < 0) {
      // An ended peer has no more either; a new one is asked again.
      peerHasNone = true;
      return;
    }
    arriving = value & line.format().dataMask();
    frameEnd.setAt(atNanos + line.frameNanos());
  }

  private void afterTaking() {
    checkTrigger();
    if (fifo.isEmpty()) {
      timeout.cancel();
      interrupts.clear(Pl011Interrupts.RECEIVE_TIMEOUT);
    } else {
      timeout.setAt(board.clock().nanos() + line.timeoutNanos());
    }
  }

  private void checkTrigger() {
    boolean now = fifo.size() >= trigger;
    if (now && !atTrigger) {
      interrupts.raise(Pl011Interrupts.RECEIVE);
    } else if (!now) {
      interrupts.clear(Pl011Interrupts.RECEIVE);
    }
    if (now != atTrigger) {
      atTrigger = now;
      levelPassed.run();
    }
  }

  private static int errorSources(int entry) {
    return ((entry & FRAMING_ERROR) != 0 ? Pl011Interrupts.FRAMING : 0)
        | ((entry & PARITY_ERROR) != 0 ? Pl011Interrupts.PARITY : 0)
        | ((entry & BREAK_ERROR) != 0 ? Pl011Interrupts.BREAK : 0);
  }
}
