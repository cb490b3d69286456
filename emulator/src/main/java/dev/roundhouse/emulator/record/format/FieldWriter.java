package dev.roundhouse.emulator.record.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Builds the payload of a chunk. */
public final class FieldWriter {
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = (1 << VARINT_BITS) - 1;
  private static final int MORE = 1 << VARINT_BITS;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A writer with no fields yet. */
  public FieldWriter() {
    // Nothing is written yet.
  }

  public FieldWriter putByte(int value) {
    bytes.write(value);
    return this;
  }

  public FieldWriter putVarint(long value) {
    long left = value;
    while ((left & ~VARINT_MASK) != 0) {
      bytes.write(((int) left & VARINT_MASK) | MORE);
      left >>>= VARINT_BITS;
    }
    bytes.write((int) left);
    return this;
  }

  public FieldWriter putLong(long value) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes.write((int) (value >>> shift));
    }
    return this;
  }

  public FieldWriter putInt(int value) {
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes.write(value >>> shift);
    }
    return this;
  }

  /** Adds a string; one that is longer than a reader takes is cut. */
  public FieldWriter putText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(encoded.length, RecordingFormat.LARGEST_TEXT_BYTES);
    putVarint(length);
    bytes.write(encoded, 0, length);
    return this;
  }

  /** Adds one of the values of an enum. */
  public <E> FieldWriter putOneOf(List<E> values, E value) {
    return putByte(values.indexOf(value));
  }

  public FieldWriter putBytes(byte[] raw) {
    bytes.writeBytes(raw);
    return this;
  }

  /** Writes something to a stream. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Content in the form that {@link FieldReader#takeDeflated} reads. */
  public static byte[] deflated(Content content) throws IOException {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      content.writeTo(out);
    } finally {
      deflater.end();
    }
    return deflated.toByteArray();
  }

  public int size() {
    return bytes.size();
  }

  /** What was put so far; the writer is empty afterwards. */
  public byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
