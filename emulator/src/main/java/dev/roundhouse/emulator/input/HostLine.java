package dev.roundhouse.emulator.input;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** The far end of a UART's line that is a host's file, terminal or socket. */
public final class HostLine implements SerialPeer {
  private static final int INITIAL_QUEUE_BYTES = 256;
  private static final int BYTE_MASK = 0xff;

  private final int uart;
  private final UartAttachment attachment;
  private final InputLog log;
  private final Run run;
  private byte[] queue = new byte[INITIAL_QUEUE_BYTES];
  private int first;
  private int count;
  private boolean ended;
  private final Handshake handshake;
  private Consumer<Signal> clearToSend = state -> {};
  private Signal farEnd = Signal.ASSERTED;
  private long framesTaken;
  private long framesSent;

  /** What a line tells and asks the run that it belongs to. */
  public interface Run {
    /** Asked while waiting input does not come: whether the run is to end instead. */
    boolean isOver();

    /** The UART has taken a byte that came through the gate. */
    void byteTaken();
  }

  /** A line for a UART. */
  public HostLine(int uart, UartAttachment attachment, InputLog log, Run run) {
    this.uart = uart;
    this.attachment = attachment;
    this.log = log;
    this.run = run;
    ended = attachment.input() instanceof InputSource.Nothing;
    handshake =
        attachment.input() instanceof InputSource.Live(_, var shake) ? shake : Handshake.NONE;
  }

  /** Joins the line to a UART's clear-to-send input, which it drives if its far end does. */
  public void connect(Consumer<Signal> newClearToSend) {
    clearToSend = newClearToSend;
    driveClearToSend();
  }

  /** The far end has taken so many frames and says this of clear to send. */
  public void setClearToSend(Signal state, long frames) {
    farEnd = state;
    framesTaken = frames;
    driveClearToSend();
  }

  private void driveClearToSend() {
    if (handshake == Handshake.BY_BYTE) {
      clearToSend.accept(framesTaken >= framesSent ? farEnd : Signal.NEGATED);
    }
  }

  /** Takes a byte of a live peer; the UART fetches it when it can. */
  public void enqueue(int value) {
    if (count == queue.length) {
      grow();
    }
    queue[(first + count++) % queue.length] = (byte) value;
  }

  /** Says that no byte will follow those in the queue. */
  public void end() {
    ended = true;
  }

  /** Makes what the UART has sent visible. */
  public void flush() {
    try {
      attachment.output().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(Cables.name(uart) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void frameFromUart(int value) {
    try {
      attachment.output().put(value);
    } catch (IOException e) {
      throw new UncheckedIOException(Cables.name(uart) + ": " + e.getMessage(), e);
    }
    framesSent++;
    driveClearToSend();
  }

  /** A far end that drives clear to send withdraws it when it hears a frame. */
  @Override
  public boolean hearsStopBits() {
    return handshake == Handshake.BY_BYTE;
  }

  @Override
  public boolean clearToSendMayChange() {
    return handshake == Handshake.BY_BYTE && !ended;
  }

  @Override
  public int nextFrame() {
    if (count > 0) {
      int value = queue[first] & BYTE_MASK;
      first = (first + 1) % queue.length;
      count--;
      run.byteTaken();
      return value;
    }
    if (ended) {
      return ENDED;
    }
    return attachment.input() instanceof InputSource.Waiting waiting
        ? pull(waiting.pull())
        : NONE_YET;
  }

  private int pull(InputSource.Pull source) {
    int value = source.next(run::isOver);
    if (value == InputSource.Pull.GAVE_UP) {
      return NONE_YET;
    }
    ended = value == ENDED;
    log.pulled(uart, value);
    return value;
  }

  @Override
  public boolean inputEnded() {
    return ended && count == 0;
  }

  private void grow() {
    byte[] larger = new byte[2 * queue.length];
    for (int i = 0; i < count; i++) {
      larger[i] = queue[(first + i) % queue.length];
    }
    queue = larger;
    first = 0;
  }
}
