package dev.roundhouse.emulator.timeline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message in the wire format of Protocol Buffers (protobuf.dev, Encoding), made again and again
 * in the same memory.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int WIRE_BITS = 3;
  private static final int GROUP_BITS = 7;
  private static final int MORE = 0x80;
  private static final int MOST_VARINT = 10;

  private byte[] buffer = new byte[256];
  private int size;

  ProtoMessage clear() {
    size = 0;
    return this;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** A field of type uint64, int64, bool or enum. */
  ProtoMessage number(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  ProtoMessage fixed64(int field, long value) {
    tag(field, FIXED64);
    room(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[size++] = (byte) (value >>> (Byte.SIZE * i));
    }
    return this;
  }

  ProtoMessage text(int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return bytes(field, bytes, bytes.length);
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return bytes(field, value.buffer, value.size);
  }

  private ProtoMessage bytes(int field, byte[] bytes, int length) {
    tag(field, BYTES);
    varint(length);
    room(length);
    System.arraycopy(bytes, 0, buffer, size, length);
    size += length;
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(buffer, 0, size);
  }

  private void tag(int field, int wireType) {
    varint((long) field << WIRE_BITS | wireType);
  }

  private void varint(long value) {
    room(MOST_VARINT);
    long rest = value;
    while ((rest & -MORE) != 0) {
      buffer[size++] = (byte) (rest | MORE);
      rest >>>= GROUP_BITS;
    }
    buffer[size++] = (byte) rest;
  }

  private void room(int bytes) {
    if (size + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + bytes));
    }
  }
}
