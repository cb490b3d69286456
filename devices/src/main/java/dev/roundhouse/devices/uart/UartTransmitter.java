package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.device.Fifo;
import dev.roundhouse.devices.time.Alarm;

/**
 * The transmitter of a UART: the FIFO and the shift register behind it, which takes a frame time
 * for each character (PL011 TRM, DDI 0183, 2.4.3 and 2.8.2; SC16IS752 data sheet, 7.1).
 */
public final class UartTransmitter {
  private final UartServices uart;
  private final UartLine line;
  private final FrameSink sink;
  private final Fifo fifo;
  private final Alarm stopBit;
  private final Alarm frameEnd;
  private int shifting;
  private boolean isUnheard;
  private int level;
  private boolean isAtLevel = true;

  /** Where frames go when the far end has heard them. */
  @FunctionalInterface
  interface FrameSink {
    void sent(int value, long atNanos);
  }

  /** A transmitter whose FIFO takes up to {@code depth} characters, one until it is resized. */
  UartTransmitter(UartServices uart, UartLine line, int depth, FrameSink sink) {
    this.uart = uart;
    this.line = line;
    this.sink = sink;
    fifo = new Fifo(depth);
    stopBit = uart.board().agenda().alarm("UART transmit stop bit", this::hear);
    frameEnd = uart.board().agenda().alarm("UART transmit", this::endFrame);
  }

  /** Takes a character; one that finds the FIFO full is lost. */
  public void write(int value) {
    if (line.isOff()) {
      uart.lost().onBeingOff();
    }
    if (fifo.isFull()) {
      uart.lost().onTransmission();
      return;
    }
    fifo.push(value);
    checkLevel();
    start(uart.now());
  }

  /** Makes the FIFO {@code depth} deep and drops what is inside. */
  public void resize(int depth) {
    fifo.resize(depth);
    checkLevel();
  }

  /** Sets the level at or below which the transmit interrupt is asserted. */
  public void setLevel(int newLevel) {
    level = newLevel;
    checkLevel();
  }

  /** How many characters wait. */
  public int size() {
    return fifo.size();
  }

  /** How many characters there is room for. */
  public int room() {
    return fifo.depth() - fifo.size();
  }

  /** Whether the next character would be lost. */
  public boolean isFull() {
    return fifo.isFull();
  }

  /** Whether there is room for a character. */
  public boolean hasRoom() {
    return !fifo.isFull();
  }

  /** Whether no character waits in the FIFO. */
  public boolean isEmpty() {
    return fifo.isEmpty();
  }

  /** Set as soon as the FIFO holds something, enabled or not (PL011 TRM, 3.3.3). */
  public boolean isBusy() {
    return !fifo.isEmpty() || frameEnd.isSet();
  }

  /** Whether nothing waits and nothing is on its way. */
  public boolean isIdle() {
    return !isBusy();
  }

  /** Whether frames will go on leaving as things stand. */
  boolean isMoving() {
    return frameEnd.isSet() || (!fifo.isEmpty() && line.letsFramesStart());
  }

  /** Whether the FIFO will reach its level by frames leaving as things stand. */
  boolean willReachLevel() {
    return !isAtLevel && line.letsFramesStart();
  }

  /** Whether only clear to send holds back frames whose leaving would let the level be reached. */
  boolean isHeldAboveLevel() {
    return !isAtLevel && line.isHeldOnlyByClearToSend();
  }

  /** Starts a frame if one waits and may; one on its way is completed (PL011 TRM, 3.3.8). */
  void start(long atNanos) {
    if (!frameEnd.isSet() && !fifo.isEmpty() && line.letsFramesStart()) {
      LineTiming timing = uart.settings().timing();
      shifting = fifo.pop() & timing.format().dataMask();
      isUnheard = true;
      if (line.farEnd().hearsStopBits()) {
        stopBit.setAt(atNanos + timing.heardNanos());
      }
      frameEnd.setAt(atNanos + timing.frameNanos());
      checkLevel();
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
    start(atNanos);
  }

  /** The interrupt follows the passing of the level, not the level (PL011 TRM, 2.8.2). */
  private void checkLevel() {
    boolean now = fifo.size() <= level;
    if (now && !isAtLevel) {
      uart.interrupts().begins(UartCondition.TRANSMIT_LEVEL);
    } else if (!now) {
      uart.interrupts().ends(UartCondition.TRANSMIT_LEVEL);
    }
    isAtLevel = now;
  }
}
