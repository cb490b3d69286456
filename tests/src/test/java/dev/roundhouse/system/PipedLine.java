package dev.roundhouse.system;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What is at a line: piped input, then its end, and a buffer for the output. */
final class PipedLine {
  private final byte[] input;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private int at;

  /** A line that receives a byte for each character. */
  PipedLine(String text) {
    input = text.getBytes(StandardCharsets.ISO_8859_1);
  }

  UartAttachment attachment() {
    OutputPort port =
        new OutputPort() {
          @Override
          public void put(int value) {
            output.write(value);
          }

          @Override
          public void flush() {
            // It is all there.
          }
        };
    return new UartAttachment(new InputSource.Waiting(_ -> next()), port);
  }

  private int next() {
    return at < input.length ? Byte.toUnsignedInt(input[at++]) : SerialPeer.ENDED;
  }

  /** What was sent, a character for each byte. */
  String sent() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }
}
