package dev.roundhouse.fuzz;

import dev.roundhouse.system.ProgramRun;
import dev.roundhouse.system.TestEngine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Recordings whose checks are right whatever is inside: who forges one computes them too, and
 * behind them the reader is on its own. A recording starts with 12 bytes, a length, and so many
 * bytes; each part has a type byte, a length, a check of all so far, the payload, a check of all so
 * far.
 */
final class SealedRecording {
  private static final int LENGTH_AT = 12;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private SealedRecording() {}

  /** A recording of the program hello. */
  static byte[] ofHello() {
    return ProgramRun.bundled("hello").arg("NAME", "Ada").recordedOn(TestEngine.EMBEDDED.library());
  }

  /** The same with its checks computed anew, as far as lengths lead through the file. */
  static byte[] sealAgain(byte[] file) {
    int start = file.length > LENGTH_AT ? LENGTH_AT + 1 + Byte.toUnsignedInt(file[LENGTH_AT]) : 0;
    if (start == 0 || start > file.length) {
      return file;
    }
    ByteBuffer from = ByteBuffer.wrap(file);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    CRC32C check = new CRC32C();
    copy(from, start, sealed, check);
    while (from.remaining() > HEADER_BYTES + 2 * Integer.BYTES) {
      int length = from.getInt(from.position() + 1);
      if (length < 0 || length > from.remaining() - HEADER_BYTES - 2 * Integer.BYTES) {
        break;
      }
      copy(from, HEADER_BYTES, sealed, check);
      seal(from, sealed, check);
      copy(from, length, sealed, check);
      seal(from, sealed, check);
    }
    copy(from, from.remaining(), sealed, check);
    return sealed.toByteArray();
  }

  private static void copy(
      ByteBuffer from, int length, ByteArrayOutputStream sealed, CRC32C check) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    check.update(bytes);
    sealed.writeBytes(bytes);
  }

  private static void seal(ByteBuffer from, ByteArrayOutputStream sealed, CRC32C check) {
    from.getInt();
    sealed.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) check.getValue()).array());
  }
}
