package dev.roundhouse.system;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** A part of a recording's file, so that one can be changed behind the back of its checks. */
public final class RecordingPart {
  private static final long MAGIC = 0x8952_484f_5553_0d0aL;
  private static final int FORMAT = 7;
  private static final int CHECK_BYTES = 4;
  private static final int SETUP = 1;
  private static final int PROGRAM = 2;
  private static final int LOG = 3;
  private static final int KERNEL = 6;
  private static final int BYTE_TAG_OF_UART_2 = 0x21;

  private final int type;
  private final byte[] payload;

  private RecordingPart(int type, byte[] payload) {
    this.type = type;
    this.payload = payload;
  }

  /** The parts of a recording's file that is whole. */
  public static List<RecordingPart> of(byte[] file) {
    List<RecordingPart> parts = new ArrayList<>();
    ByteBuffer left = ByteBuffer.wrap(file).position(Long.BYTES + Integer.BYTES);
    int versionBytes = left.get();
    left.position(left.position() + versionBytes);
    while (left.hasRemaining()) {
      int type = left.get();
      byte[] payload = new byte[left.getInt()];
      left.position(left.position() + CHECK_BYTES);
      left.get(payload);
      left.position(left.position() + CHECK_BYTES);
      parts.add(new RecordingPart(type, payload));
    }
    return parts;
  }

  /** The file of these parts with checks that are right. */
  public static byte[] file(List<RecordingPart> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    CRC32C check = new CRC32C();
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1);
    start.putLong(MAGIC).putInt(FORMAT);
    check.update(start.array());
    out.write(start.array());
    for (RecordingPart part : parts) {
      ByteBuffer header = ByteBuffer.allocate(1 + Integer.BYTES);
      header.put((byte) part.type).putInt(part.payload.length);
      check.update(header.array());
      out.write(header.array());
      out.writeInt((int) check.getValue());
      check.update(part.payload);
      out.write(part.payload);
      out.writeInt((int) check.getValue());
    }
    return bytes.toByteArray();
  }

  /** Whether it is of what the run was made of. */
  boolean isSetup() {
    return type == SETUP || type == PROGRAM || type == KERNEL;
  }

  boolean isLog() {
    return type == LOG;
  }

  /** What is inside. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The same part with something else inside. */
  public RecordingPart with(byte[] newPayload) {
    return new RecordingPart(type, newPayload);
  }

  /** The first entry must be a byte for UART2; its time follows the tag. */
  void flipLowestBitOfFirstInputTime() {
    if (payload[0] != BYTE_TAG_OF_UART_2) {
      throw new IllegalStateException("the log starts with entry " + payload[0]);
    }
    payload[1] ^= 1;
  }
}
