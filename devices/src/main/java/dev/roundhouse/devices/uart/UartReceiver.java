package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.board.Fifo;
import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.ReceivedFrame;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.trace.DeviceEvent;

/**
 * The receiver of a UART: the FIFO with its error bits as in UARTDR, level and timeout (PL011 TRM,
 * DDI 0183, 2.4.2, 2.8.3 and 3.3.1), and the taking of frames from the far end.
 */
public final class UartReceiver {
  static final int FRAMING_ERROR = 1 << 8;
  static final int PARITY_ERROR = 1 << 9;
  static final int BREAK_ERROR = 1 << 10;
  static final int OVERRUN_ERROR = 1 << 11;
  private static final int STATUS_SHIFT = 8;
  private static final int STATUS_OVERRUN = OVERRUN_ERROR >>> STATUS_SHIFT;
  private static final int STATUS_OF_CHARACTER = 7;
  private static final int ERRORS = FRAMING_ERROR | PARITY_ERROR | BREAK_ERROR;
  private static final int NO_FRAME = -1;

  /** The deepest FIFO of a UART at this board. */
  private static final int MOST_ENTRIES = 64;

  /** Whether the far end is asked for frames. */
  public enum Input {
    /** Nobody wants them, or the receiver is off. */
    UNWANTED,
    /** Whenever there is room. */
    WANTED
  }

  private final BoardServices board;
  private final String name;
  private final LineTiming line;
  private final Events events;
  private final Fifo fifo = new Fifo(MOST_ENTRIES);
  private final Alarm frameEnd;
  private final Alarm timeout;
  private SerialPeer peer = new OpenLine();
  private Input input = Input.UNWANTED;
  private boolean peerHasNone;
  private int arriving = NO_FRAME;
  private long lineBusyUntil;
  private int trigger = 1;
  private boolean atTrigger;
  private Runnable levelPassed = () -> {};
  private boolean overrunPending;
  private int status;

  /** What happens to the FIFO. */
  public interface Events {
    /** A frame with these error bits is complete. */
    void frameArrived(int errors);

    /** It found no room. */
    void overrun();

    /** The FIFO holds as many characters as the trigger level now, or more. */
    void triggerReached();

    /** It holds fewer again, or still. */
    void triggerLeft();

    /** Characters wait, and none has come for a while. */
    void timedOut();

    /** Nothing waits any more. */
    void emptied();
  }

  /** A receiver with an empty FIFO of one character, until it is resized. */
  public UartReceiver(BoardServices board, String name, LineTiming line, Events events) {
    this.board = board;
    this.name = name;
    this.line = line;
    this.events = events;
    this.frameEnd = board.agenda().alarm("UART receive", this::endFrame);
    this.timeout = board.agenda().alarm("UART receive timeout", at -> events.timedOut());
  }

  /** Has {@code action} run each time that the FIFO passes the trigger level. */
  public void whenLevelPasses(Runnable action) {
    levelPassed = action;
  }

  /** Puts {@code newPeer} at the far end of the line. */
  public void attach(SerialPeer newPeer) {
    peer = newPeer;
    peerHasNone = false;
    takeNext(board.clock().nanos());
  }

  /** The far end has frames again after it had none. */
  public void inputArrived() {
    peerHasNone = false;
    takeNext(board.clock().nanos());
  }

  /** Says where frames come from. */
  public void setInput(Input newInput) {
    if (newInput != input) {
      input = newInput;
      takeNext(board.clock().nanos());
    }
  }

  /** Makes the FIFO {@code depth} deep and drops what is inside. */
  public void resize(int depth) {
    fifo.resize(depth);
    afterTaking();
    takeNext(board.clock().nanos());
  }

  /** Sets the level from which on the receive interrupt is asserted. */
  public void setTrigger(int level) {
    trigger = level;
    checkTrigger();
  }

  /** The oldest character with its error bits; 0 if there is none. */
  public int read() {
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
  public int status() {
    return status;
  }

  void clearStatus() {
    status = 0;
  }

  /** A frame that the far end times has begun and takes so long. */
  void frameBegins(long nanos) {
    lineBusyUntil = board.clock().nanos() + nanos;
  }

  /** Whether no frame is on its way in. */
  boolean isIdle() {
    return arriving == NO_FRAME && board.clock().nanos() >= lineBusyUntil;
  }

  /** How many characters wait. */
  public int size() {
    return fifo.size();
  }

  /** A frame in another format than the line's arrives as sampling gives it. */
  public void arrive(ReceivedFrame frame, long atNanos) {
    int errors = frame.stop() == ReceivedFrame.Check.BAD ? FRAMING_ERROR : 0;
    errors |= frame.parity() == ReceivedFrame.Check.BAD ? PARITY_ERROR : 0;
    arrive(frame.value() | errors, atNanos);
  }

  /** Whether no character waits to be read. */
  public boolean isEmpty() {
    return fifo.isEmpty();
  }

  boolean isFull() {
    return fifo.isFull();
  }

  /** Whether as many characters wait as the trigger level asks for. */
  public boolean isAtTrigger() {
    return atTrigger;
  }

  /** Whether a receive timeout will come if nothing else does. */
  public boolean timeoutIsNear() {
    return timeout.isSet();
  }

  /** Whether frames may still come from the far end as things stand. */
  public boolean mayReceive() {
    return arriving != NO_FRAME || (!fifo.isFull() && !peer.inputEnded());
  }

  /**
   * A frame is complete.
   *
   * @param entry the character and its error bits
   */
  public void arrive(int entry, long atNanos) {
    events.frameArrived(entry & ERRORS);
    if (fifo.isFull()) {
      overrunPending = true;
      status |= STATUS_OVERRUN;
      events.overrun();
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
      events.emptied();
    } else {
      timeout.setAt(board.clock().nanos() + line.timeoutNanos());
    }
  }

  private void checkTrigger() {
    boolean now = fifo.size() >= trigger;
    if (now && !atTrigger) {
      events.triggerReached();
    } else if (!now) {
      events.triggerLeft();
    }
    if (now != atTrigger) {
      atTrigger = now;
      levelPassed.run();
    }
  }
}
