package dev.roundhouse.emulator.record.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes the payload of a chunk apart, trusting nothing in it. */
public final class FieldReader {
  private static final int BYTE_MASK = 0xff;
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = (1 << VARINT_BITS) - 1;

  /** No deflated byte gives more than this many (RFC 1951: a match of 258 bytes in two bits). */
  private static final int LARGEST_RATIO = 1032;

  private static final int MORE = 1 << VARINT_BITS;

  private final byte[] payload;
  private final String where;
  private int next;

  /** Reads a payload; {@code where} is for messages. */
  public FieldReader(byte[] payload, String where) {
    this.payload = payload;
    this.where = where;
  }

  public RecordingException damaged(String what) {
    return RecordingException.damaged(what + " in " + where);
  }

  public boolean hasMore() {
    return next < payload.length;
  }

  public void expectEnd() throws RecordingException {
    if (hasMore()) {
      throw damaged("bytes too many");
    }
  }

  public int takeByte() throws RecordingException {
    if (!hasMore()) {
      throw damaged("bytes too few");
    }
    return payload[next++] & BYTE_MASK;
  }

  /** A varint that is no negative number. */
  public long takeVarint() throws RecordingException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
      int piece = takeByte();
      value |= (long) (piece & VARINT_MASK) << shift;
      if ((piece & MORE) == 0) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw damaged("a number too large");
  }

  /** A varint from 0 to {@code largest}. */
  public int takeVarint(int largest) throws RecordingException {
    long value = takeVarint();
    if (value > largest) {
      throw damaged("a number too large");
    }
    return (int) value;
  }

  public long takeLong() throws RecordingException {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << Byte.SIZE) | takeByte();
    }
    return value;
  }

  public String takeText() throws RecordingException {
    int length = takeVarint(RecordingFormat.LARGEST_TEXT_BYTES);
    if (length > payload.length - next) {
      throw damaged("bytes too few");
    }
    String text = new String(payload, next, length, StandardCharsets.UTF_8);
    next += length;
    return text;
  }

  /** One of the values of an enum. */
  public <E> E takeOneOf(List<E> values) throws RecordingException {
    int number = takeByte();
    if (number >= values.size()) {
      throw damaged("an unknown value");
    }
    return values.get(number);
  }

  /** All that is left, inflated to {@code length} bytes. */
  public byte[] takeDeflated(int length) throws RecordingException {
    if (length > (payload.length - next + 1L) * LARGEST_RATIO) {
      throw damaged("content of another length");
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(payload, next, payload.length - next);
      byte[] inflated = new byte[length];
      int done = inflater.inflate(inflated);
      boolean whole = done == length && (inflater.finished() || inflater.inflate(new byte[1]) == 0);
      if (!whole || !inflater.finished() || inflater.getRemaining() != 0) {
        throw damaged("content of another length");
      }
      next = payload.length;
      return inflated;
    } catch (DataFormatException e) {
      throw damaged("content that cannot be unpacked");
    } finally {
      inflater.end();
    }
  }
}
