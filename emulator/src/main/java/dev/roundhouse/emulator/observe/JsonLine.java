package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.trace.EventVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON objects (RFC 8259), one a line, their fields in the order of the calls. By hand,
 * which only traces are: a busy run has a million events a second, for each of which Gson's writer
 * takes four times as long (500 to 130 ns).
 */
final class JsonLine implements TraceForm, EventVisitor {
  private static final int FLUSH_BYTES = 1 << 16;
  private static final int ROOM_BYTES = 1 << 12;
  private static final int DECIMAL = 10;
  private static final int MOST_DIGITS = 20;

  private final OutputStream out;
  private final byte[] digits = new byte[MOST_DIGITS];
  private byte[] buffer = new byte[FLUSH_BYTES + ROOM_BYTES];
  private int used;
  private boolean isFirst;

  JsonLine(OutputStream out) {
    this.out = out;
  }

  @Override
  public EventVisitor begin(long nanos) {
    put('{');
    isFirst = true;
    return number("t", nanos);
  }

  @Override
  public EventVisitor event(String name) {
    return text("e", name);
  }

  @Override
  public EventVisitor number(String name, long value) {
    name(name);
    putDecimal(value);
    return this;
  }

  /** An address: a string in hexadecimal, because JSON numbers lose bits in many readers. */
  @Override
  public EventVisitor address(String name, long value) {
    return text(name, "0x" + Long.toHexString(value));
  }

  @Override
  public EventVisitor text(String name, String value) {
    name(name);
    putString(value);
    return this;
  }

  @Override
  public void end() throws IOException {
    put('}');
    put('\n');
    if (used >= FLUSH_BYTES) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (used > 0) {
      out.write(buffer, 0, used);
      used = 0;
      out.flush();
    }
  }

  private void name(String name) {
    if (!isFirst) {
      put(',');
    }
    isFirst = false;
    putString(name);
    put(':');
  }

  private void putString(String value) {
    if (!isPlain(value)) {
      for (byte each : JsonText.quoted(value).getBytes(StandardCharsets.UTF_8)) {
        put(each);
      }
      return;
    }
    put('"');
    for (int i = 0; i < value.length(); i++) {
      put(value.charAt(i));
    }
    put('"');
  }

  /** Most texts are names of ours: they need no copy. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void putDecimal(long value) {
    long rest = value;
    int at = digits.length;
    do {
      digits[--at] = (byte) ('0' + Math.abs(rest % DECIMAL));
      rest /= DECIMAL;
    } while (rest != 0);
    if (value < 0) {
      digits[--at] = '-';
    }
    while (at < digits.length) {
      put(digits[at++]);
    }
  }

  private void put(int value) {
    if (used == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    buffer[used++] = (byte) value;
  }
}
