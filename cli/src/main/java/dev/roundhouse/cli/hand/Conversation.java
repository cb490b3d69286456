package dev.roundhouse.cli.hand;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.Handshake;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.observe.LineWatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A person in a program's place at a line: waits for clear to send before each byte. */
public final class Conversation {
  private final UartAttachment line;
  private final LineWatch watch;
  private final Deque<HandBox.Sent> waiting = new ArrayDeque<>();
  private final Handshake handshake;
  private boolean isClear = true;
  private long sent;
  private long sentAtNanos;

  /** A person at a line, whose bytes are shown. */
  public Conversation(UartAttachment line, LineWatch watch) {
    this.line = line;
    this.watch = watch;
    handshake = line.input() instanceof InputSource.Live(_, var shake) ? shake : Handshake.NONE;
  }

  /** How many bytes wait. */
  public int waiting() {
    return waiting.size();
  }

  /** Sends these when what waits has gone. */
  public void add(List<HandBox.Sent> bytes) {
    waiting.addAll(bytes);
  }

  /** Sends these in place of all that waits. */
  public void addAtOnce(List<HandBox.Sent> bytes) {
    waiting.clear();
    waiting.addAll(bytes);
  }

  /** Sends what waits, as far as the far end is ready for it. */
  public void send(long nanos) throws IOException {
    while (isClear && !waiting.isEmpty()) {
      HandBox.Sent next = waiting.element();
      if (nanos - sentAtNanos < next.pauseNanos()) {
        return;
      }
      waiting.remove();
      line.output().put(next.value());
      line.output().flush();
      sent++;
      sentAtNanos = nanos;
      isClear = handshake == Handshake.NONE;
      watch.toBox(nanos, next.value());
    }
  }

  /** Something has come from the far end. */
  public void hear(long nanos, ExternalInput input) {
    switch (input) {
      case ExternalInput.SerialByte(_, int value) -> watch.fromBox(nanos, value);
      case ExternalInput.ClearToSend(_, var state, long frames) ->
          isClear = state == Signal.ASSERTED && frames >= sent;
      case ExternalInput.SerialEnded _, ExternalInput.StopRequest _ -> {
        // The user ends it, not the line.
      }
    }
  }
}
