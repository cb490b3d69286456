package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.emulator.input.InputSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** What a UART took of input that waited for it. */
final class PulledInput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean ended;

  void add(int value) {
    bytes.write(value);
  }

  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  /** Gives the same again. What comes after the last byte of an open input is not known. */
  InputSource.Pull source() {
    ByteArrayInputStream left = new ByteArrayInputStream(bytes.toByteArray());
    int last = ended ? SerialPeer.ENDED : InputSource.Pull.GAVE_UP;
    return giveUp -> {
      int value = left.read();
      return value < 0 ? last : value;
    };
  }
}
