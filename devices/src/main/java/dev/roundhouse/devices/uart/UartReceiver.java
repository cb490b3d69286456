package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.device.Fifo;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.serial.ReceivedFrame;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.trace.DeviceEvent;

/**
 * The receiver of a UART: the FIFO with its error bits as in UARTDR, level and timeout (PL011 TRM,
 * DDI 0183, 2.4.2, 2.8.3 and 3.3.1), and the taking of frames from the far end.
 */
public final class UartReceiver {
  /** The stop bit was missing. */
  public static final Field FRAMING_ERROR = Field.bit("FE", 8);

  /** The parity bit was wrong. */
  public static final Field PARITY_ERROR = Field.bit("PE", 9);

  /** The line was low for longer than a frame. */
  public static final Field BREAK_ERROR = Field.bit("BE", 10);

  /** A character was lost before this one. */
  static final Field OVERRUN_ERROR = Field.bit("OE", 11);

  private static final int STATUS_SHIFT = 8;
  private static final int NO_FRAME = -1;

  private final UartServices uart;
  private final UartLine line;
  private final Runnable levelPassed;
  private final Fifo fifo;
  private final Alarm frameEnd;
  private final Alarm timeout;
  private boolean isWanted;
  private boolean farEndHasNone;
  private int arriving = NO_FRAME;
  private long lineBusyUntil;
  private int level = 1;
  private boolean isAtLevel;
  private int badCharacters;
  private boolean overrunPending;
  private int status;

  /**
   * A receiver with a FIFO of one character until it is resized, up to {@code depth}.
   *
   * @param levelPassed runs each time that the FIFO passes its level
   */
  UartReceiver(UartServices uart, UartLine line, int depth, Runnable levelPassed) {
    this.uart = uart;
    this.line = line;
    this.levelPassed = levelPassed;
    fifo = new Fifo(depth);
    frameEnd = uart.board().agenda().alarm("UART receive", this::endFrame);
    timeout = uart.board().agenda().alarm("UART receive timeout", this::timeOut);
  }

  /** The far end has frames again after it had none, or is another one. */
  void inputArrived() {
    farEndHasNone = false;
    takeNext(uart.now());
  }

  /** The program looks for input, from now on; before, the far end is not asked for any. */
  public void lookForInput() {
    if (!isWanted) {
      isWanted = true;
      takeNext(uart.now());
    }
  }

  /** Makes the FIFO {@code depth} deep and drops what is inside. */
  public void resize(int depth) {
    fifo.resize(depth);
    badCharacters = 0;
    afterTaking();
  }

  /** Sets the level from which on the receive interrupt is asserted. */
  public void setLevel(int newLevel) {
    level = newLevel;
    checkLevel();
  }

  /** The oldest character with its error bits; 0 if there is none. */
  public int read() {
    if (fifo.isEmpty()) {
      return 0;
    }
    int entry = fifo.pop();
    badCharacters -= isBad(entry) ? 1 : 0;
    status = (status & OVERRUN_ERROR.mask()) | (entry & ~OVERRUN_ERROR.mask());
    afterTaking();
    return entry;
  }

  /** UARTRSR: the errors of the character last read, and overrun. */
  int status() {
    return status >>> STATUS_SHIFT;
  }

  void clearStatus() {
    status = 0;
  }

  /** Whether the character that is read next has this error. */
  public boolean nextHas(Field error) {
    return !fifo.isEmpty() && error.isSetIn(fifo.peek());
  }

  /** Whether any character that waits has an error. */
  public boolean hasErrors() {
    return badCharacters > 0;
  }

  private static boolean isBad(int entry) {
    return FRAMING_ERROR.isSetIn(entry)
        || PARITY_ERROR.isSetIn(entry)
        || BREAK_ERROR.isSetIn(entry);
  }

  /** A frame that the far end times has begun and takes so long. */
  void frameBegins(long nanos) {
    lineBusyUntil = uart.now() + nanos;
  }

  /** Whether no frame is on its way in. */
  boolean isIdle() {
    return arriving == NO_FRAME && uart.now() >= lineBusyUntil;
  }

  /** How many characters wait. */
  public int size() {
    return fifo.size();
  }

  /** Whether no character waits to be read. */
  public boolean isEmpty() {
    return fifo.isEmpty();
  }

  /** Whether a character waits to be read. */
  public boolean hasData() {
    return !fifo.isEmpty();
  }

  boolean isFull() {
    return fifo.isFull();
  }

  /** Whether fewer characters wait than the level says. */
  public boolean isBelowLevel() {
    return !isAtLevel;
  }

  /** Whether a receive timeout will come if nothing else does. */
  boolean timeoutIsNear() {
    return timeout.isSet();
  }

  /** Whether frames may still come from the far end as things stand. */
  boolean mayReceive() {
    return arriving != NO_FRAME || (!fifo.isFull() && !line.farEnd().inputEnded());
  }

  /**
   * A frame in another format than the line's arrives as sampling gives it; one during all of which
   * the line was low is a break (PL011 TRM, 3.3.1).
   */
  void arrive(ReceivedFrame frame, long atNanos) {
    int errors = frame.stop() == ReceivedFrame.Check.BAD ? FRAMING_ERROR.mask() : 0;
    errors |= frame.parity() == ReceivedFrame.Check.BAD ? PARITY_ERROR.mask() : 0;
    errors |= frame.isBreak() ? BREAK_ERROR.mask() : 0;
    arrive(frame.value() | errors, atNanos);
  }

  /**
   * A frame is complete.
   *
   * @param entry the character and its error bits
   */
  void arrive(int entry, long atNanos) {
    report(entry, FRAMING_ERROR, UartCondition.FRAMING_ERROR);
    report(entry, PARITY_ERROR, UartCondition.PARITY_ERROR);
    report(entry, BREAK_ERROR, UartCondition.BREAK);
    if (fifo.isFull()) {
      overrunPending = true;
      status |= OVERRUN_ERROR.mask();
      uart.interrupts().begins(UartCondition.OVERRUN);
      uart.lost().onReception();
      if (uart.board().trace().isOn()) {
        uart.board().trace().emit(atNanos, new DeviceEvent.ReceiveOverrun(uart.name(), entry));
      }
    } else {
      fifo.push(overrunPending ? entry | OVERRUN_ERROR.mask() : entry);
      badCharacters += isBad(entry) ? 1 : 0;
      overrunPending = false;
      if (uart.board().trace().isOn()) {
        uart.board().trace().emit(atNanos, new DeviceEvent.FrameReceived(uart.name(), entry));
      }
      checkLevel();
    }
    timeout.setAt(atNanos + uart.settings().timing().timeoutNanos());
  }

  private void report(int entry, Field error, UartCondition condition) {
    if (error.isSetIn(entry)) {
      uart.interrupts().begins(condition);
    }
  }

  private void timeOut(long atNanos) {
    uart.interrupts().begins(UartCondition.RECEIVE_TIMEOUT);
  }

  private void endFrame(long atNanos) {
    int value = arriving;
    arriving = NO_FRAME;
    arrive(value, atNanos);
    takeNext(atNanos);
  }

  /** Lets the next frame from the far end begin, if it has one and there is room for it. */
  void takeNext(long atNanos) {
    boolean isReady = isWanted && arriving == NO_FRAME && !fifo.isFull() && line.hearsFarEnd();
    if (!isReady || farEndHasNone) {
      return;
    }
    int value = line.farEnd().nextFrame();
    if (value < 0) {
      // An ended peer has no more either; a new one is asked again.
      farEndHasNone = true;
      return;
    }
    LineTiming timing = uart.settings().timing();
    arriving = value & timing.format().dataMask();
    frameEnd.setAt(atNanos + timing.frameNanos());
  }

  private void afterTaking() {
    checkLevel();
    if (fifo.isEmpty()) {
      timeout.cancel();
      uart.interrupts().ends(UartCondition.RECEIVE_TIMEOUT);
    } else {
      timeout.setAt(uart.now() + uart.settings().timing().timeoutNanos());
    }
    takeNext(uart.now());
  }

  private void checkLevel() {
    boolean now = fifo.size() >= level;
    if (now && !isAtLevel) {
      uart.interrupts().begins(UartCondition.RECEIVE_LEVEL);
    } else if (!now) {
      uart.interrupts().ends(UartCondition.RECEIVE_LEVEL);
    }
    if (now != isAtLevel) {
      isAtLevel = now;
      levelPassed.run();
    }
  }
}
