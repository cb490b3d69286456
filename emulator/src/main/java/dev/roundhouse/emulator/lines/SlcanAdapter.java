package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.emulator.platform.SerialConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An adapter that speaks lines of text (Lawicel CANUSB manual, 2003, "CANUSB ASCII commands"; Linux
 * drivers/net/can/slcan): it answers a command with CR, or BEL when it cannot. Some never answer.
 */
final class SlcanAdapter implements CanAdapter {
  private static final char END = '\r';
  private static final char REFUSAL = '\u0007';
  private static final String CLOSE = "\r\rC\r";
  private static final String RATE_OF_250_KBIT = "S5\r";
  private static final String OPEN = "O\r";
  private static final long ANSWER_NANOS = 300_000_000;
  private static final long SETTLING_NANOS = 50_000_000;
  private static final long STEP_NANOS = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int CHUNK_BYTES = 256;
  private static final int LONGEST_LINE = 64;

  /** Behind the data some adapters tell the time. */
  private static final Pattern FRAME =
      Pattern.compile(
          "([TRtr])((?<=[tr])[0-9A-Fa-f]{3}|(?<=[TR])[01][0-9A-Fa-f]{7})([0-8])([0-9A-Fa-f]*)");

  private final SerialConnection port;
  private final SerialFormat format;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final Deque<CanFrame> frames = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private Answer answer = Answer.NONE;

  /** What an adapter has said of the latest command. */
  private enum Answer {
    NONE,
    DONE,
    REFUSED
  }

  private SlcanAdapter(SerialConnection port, SerialFormat format) {
    this.port = port;
    this.format = format;
  }

  /**
   * Opens the bus behind a port at 250 kbit/s, which is given back when that fails.
   *
   * @throws IOException with a message for the user
   */
  static SlcanAdapter over(SerialConnection port, SerialFormat format) throws IOException {
    SlcanAdapter adapter = new SlcanAdapter(port, format);
    try {
      adapter.write(CLOSE);
      adapter.await(SETTLING_NANOS);
      adapter.command(RATE_OF_250_KBIT, "the adapter cannot do 250 kbit/s");
      adapter.command(OPEN, "the adapter does not open the bus");
      return adapter;
    } catch (IOException e) {
      adapter.close();
      throw e;
    }
  }

  private void command(String text, String refusal) throws IOException {
    answer = Answer.NONE;
    write(text);
    for (long left = ANSWER_NANOS; left > 0 && answer == Answer.NONE; left -= STEP_NANOS) {
      await(STEP_NANOS);
    }
    if (answer == Answer.REFUSED) {
      throw new IOException(refusal + " (" + text.strip() + ")");
    }
  }

  private void await(long nanos) throws IOException {
    LockSupport.parkNanos(nanos);
    read();
  }

  private void read() throws IOException {
    for (int count = port.read(chunk); count > 0; count = port.read(chunk)) {
      for (int i = 0; i < count; i++) {
        take((char) Byte.toUnsignedInt(chunk[i]));
      }
    }
  }

  private void take(char next) {
    if (next == REFUSAL) {
      answer = Answer.REFUSED;
      line.setLength(0);
    } else if (next == END) {
      answer = line.isEmpty() ? Answer.DONE : answer;
      frame(line).ifPresent(frames::add);
      line.setLength(0);
    } else if (line.length() < LONGEST_LINE) {
      line.append(next);
    }
  }

  private static Optional<CanFrame> frame(CharSequence line) {
    Matcher parts = FRAME.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String length = parts.group(3);
    if (Character.toLowerCase(parts.group(1).charAt(0)) == 'r') {
      return Optional.of(CanFrame.parse(parts.group(2) + "#R" + length));
    }
    int digits = 2 * Integer.parseInt(length);
    String data = parts.group(4);
    return data.length() < digits
        ? Optional.empty()
        : Optional.of(CanFrame.parse(parts.group(2) + "#" + data.substring(0, digits)));
  }

  @Override
  public Optional<CanFrame> receive() throws IOException {
    if (frames.isEmpty()) {
      read();
    }
    return Optional.ofNullable(frames.poll());
  }

  @Override
  public void send(CanFrame frame) throws IOException {
    write(text(frame));
  }

  /** Frames for stations are data frames with 29 bits. */
  private static String text(CanFrame frame) {
    return "T" + frame.toString().replace("#", Integer.toString(frame.length())) + END;
  }

  @Override
  public long sendNanos(CanFrame frame) {
    long onLine = text(frame).length() * NANOS_PER_SECOND * format.frameBits() / format.baud();
    return Math.max(onLine, frame.wireBits() * CanBus.BIT_NANOS);
  }

  private void write(String text) throws IOException {
    for (byte value : text.getBytes(StandardCharsets.US_ASCII)) {
      port.write(Byte.toUnsignedInt(value));
    }
  }

  /** Leaves the bus, and gives the port back. */
  @Override
  public void close() {
    try {
      write(CLOSE);
    } catch (IOException e) {
      // It is gone already.
    }
    port.close();
  }
}
