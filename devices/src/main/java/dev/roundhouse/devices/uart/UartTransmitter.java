package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.board.Fifo;
import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.time.Alarm;

/**
 * The transmitter of a UART: the FIFO and the shift register behind it, which takes a frame time
 * for each character (PL011 TRM, DDI 0183, 2.4.3 and 2.8.2; SC16IS752 data sheet, 7.1).
 */
public final class UartTransmitter {
  /** Where frames go when the far end has heard them. */
  @FunctionalInterface
  public interface FrameSink {
    void sent(int value, long atNanos);
  }

  /** Whether frames may start. */
  public enum Gate {
    OPEN,
    SHUT
  }

  private final BoardServices board;
  private final LineTiming line;
  private final Events events;
  private final FrameSink sink;
  private final Fifo fifo;
  private final Alarm stopBit;
  private final Alarm frameEnd;
  private SerialPeer peer = new OpenLine();
  private Gate enabled = Gate.SHUT;
  private Gate flow = Gate.OPEN;
  private int shifting;
  private boolean isUnheard;
  private int trigger;
  private boolean atOrBelowTrigger = true;

  /** The FIFO has passed its trigger level. */
  public interface Events {
    /** It holds as many characters as the level now, or fewer. */
    void triggerReached();

    /** It holds more again. */
    void triggerLeft();

    /** A character has found it full and is lost. */
    void overflowed();
  }

  /** A transmitter whose FIFO takes up to {@code depth} characters, one until it is resized. */
  public UartTransmitter(
      BoardServices board, LineTiming line, int depth, Events events, FrameSink sink) {
    this.board = board;
    this.line = line;
    this.fifo = new Fifo(depth);
    this.events = events;
    this.sink = sink;
    this.stopBit = board.agenda().alarm("UART transmit stop bit", this::hear);
    this.frameEnd = board.agenda().alarm("UART transmit", this::endFrame);
  }

  /** Puts {@code newPeer} at the far end of the line. */
  public void attach(SerialPeer newPeer) {
    peer = newPeer;
  }

  /** Takes a character; one that finds the FIFO full is lost. */
  public void write(int value) {
    if (fifo.isFull()) {
      events.overflowed();
      return;
    }
    fifo.push(value);
    checkTrigger();
    startFrame(board.clock().nanos());
  }

  /** Enables or disables; a frame on its way is completed (PL011 TRM, 3.3.8). */
  public void enable(Gate gate) {
    enabled = gate;
    startFrame(board.clock().nanos());
  }

  /** Lets hardware flow control hold the next frame back. */
  public void gateByClearToSend(Gate gate) {
    flow = gate;
    startFrame(board.clock().nanos());
  }

  /** The line settings have changed. */
  public void lineChanged() {
    startFrame(board.clock().nanos());
  }

  /** Makes the FIFO {@code depth} deep and drops what is inside. */
  public void resize(int depth) {
    fifo.resize(depth);
    checkTrigger();
  }

  /** Sets the level at or below which the transmit interrupt is asserted. */
  public void setTrigger(int level) {
    trigger = level;
    checkTrigger();
  }

  /** How many characters there is room for. */
  public int room() {
    return fifo.depth() - fifo.size();
  }

  boolean isFull() {
    return fifo.isFull();
  }

  /** Whether no character waits in the FIFO. */
  public boolean isEmpty() {
    return fifo.isEmpty();
  }

  /** Set as soon as the FIFO holds something, enabled or not (PL011 TRM, 3.3.3). */
  public boolean isBusy() {
    return !fifo.isEmpty() || frameEnd.isSet();
  }

  /** Whether frames will go on leaving as things stand. */
  public boolean isMoving() {
    return frameEnd.isSet() || (!fifo.isEmpty() && mayStart());
  }

  /** Whether the transmit interrupt will be asserted by frames leaving as things stand. */
  boolean willReachTrigger() {
    return !atOrBelowTrigger && mayStart();
  }

  /** Whether only clear to send holds back frames whose leaving would assert the interrupt. */
  boolean isHeldAboveTrigger() {
    return !atOrBelowTrigger && enabled == Gate.OPEN && flow == Gate.SHUT;
  }

  private boolean mayStart() {
    return enabled == Gate.OPEN && flow == Gate.OPEN && line.hasRate();
  }

  private void startFrame(long atNanos) {
    if (!frameEnd.isSet() && !fifo.isEmpty() && mayStart()) {
      shifting = fifo.pop() & line.format().dataMask();
      isUnheard = true;
      if (peer.hearsStopBits()) {
        stopBit.setAt(atNanos + line.heardNanos());
      }
      frameEnd.setAt(atNanos + line.frameNanos());
      checkTrigger();
    }
  }

  /**
   * The far end hears the frame, before the next one starts: it may withdraw clear to send first.
   */
  private void hear(long atNanos) {
    isUnheard = false;
    sink.sent(shifting, atNanos);
  }

  private void endFrame(long atNanos) {
    if (isUnheard) {
      hear(atNanos);
    }
    startFrame(atNanos);
  }

  /** The interrupt follows the passing of the level, not the level (PL011 TRM, 2.8.2). */
  private void checkTrigger() {
    boolean now = fifo.size() <= trigger;
    if (now && !atOrBelowTrigger) {
      events.triggerReached();
    } else if (!now) {
      events.triggerLeft();
    }
    atOrBelowTrigger = now;
  }
}
