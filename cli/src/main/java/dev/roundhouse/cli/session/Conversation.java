package dev.roundhouse.cli.session;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.Handshake;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.observe.LineWatch;
import java.io.IOException;
import java.util.OptionalInt;

/** A person in a program's place at a line: waits for clear to send before each byte. */
final class Conversation {
  private final UartAttachment line;
  private final LineWatch watch;
  private final TypedBytes typed;
  private final Handshake handshake;
  private boolean isClear = true;
  private long sent;

  Conversation(UartAttachment line, LineWatch watch, TypedBytes typed) {
    this.line = line;
    this.watch = watch;
    this.typed = typed;
    handshake = line.input() instanceof InputSource.Live(_, var shake) ? shake : Handshake.NONE;
  }

  /** Whether no byte waits and none will come. */
  boolean isAllSent() {
    return typed.isEnded();
  }

  /** Sends what was typed, as far as the far end is ready for it. */
  void send(long nanos) throws IOException {
    while (isClear) {
      OptionalInt next = typed.poll();
      if (next.isEmpty()) {
        return;
      }
      line.output().put(next.getAsInt());
      line.output().flush();
      sent++;
      isClear = handshake == Handshake.NONE;
      watch.toBox(nanos, next.getAsInt());
    }
  }

  /** Something has come from the far end. */
  void hear(long nanos, ExternalInput input) {
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
