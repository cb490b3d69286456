package dev.roundhouse.emulator.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads the file chunk by chunk and sees to their checks. */
final class ChunkReader {
  private static final int START_BYTES = Long.BYTES + Integer.BYTES;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  /** A chunk whose checks are right. */
  static final class Chunk {
    private final int type;
    private final FieldReader fields;

    private Chunk(int type, FieldReader fields) {
      this.type = type;
      this.fields = fields;
    }

    int type() {
      return type;
    }

    FieldReader fields() {
      return fields;
    }
  }

  private final InputStream in;
  private final CRC32C check = new CRC32C();
  private long position;

  ChunkReader(InputStream in) throws IOException, RecordingException {
    this.in = in;
    byte[] start = take(START_BYTES);
    ByteBuffer fields = ByteBuffer.wrap(start);
    if (start.length < START_BYTES || fields.getLong() != RecordingFormat.MAGIC) {
      throw new RecordingException(
          "this is no recording", "give a file that was written by --record");
    }
    int version = fields.getInt();
    if (version != RecordingFormat.VERSION) {
      throw new RecordingException(
          "the recording has format "
              + Integer.toUnsignedString(version)
              + ", this Roundhouse knows format "
              + RecordingFormat.VERSION,
          "replay it with the Roundhouse that wrote it");
    }
    check.update(start);
  }

  /**
   * The next chunk, or nothing where the file ends, be it in the middle of a chunk.
   *
   * @throws RecordingException when a check is wrong
   */
  Optional<Chunk> next() throws IOException, RecordingException {
    byte[] header = take(HEADER_BYTES);
    check.update(header);
    if (header.length < HEADER_BYTES || !checkFollows()) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int type = fields.get();
    int length = fields.getInt();
    if (length < 0 || length > RecordingFormat.largestPayload(type)) {
      throw damaged();
    }
    byte[] payload = take(length);
    check.update(payload);
    if (payload.length < length || !checkFollows()) {
      return Optional.empty();
    }
    String where = "the part that ends at byte " + position;
    return Optional.of(new Chunk(type, new FieldReader(payload, where)));
  }

  /** Whether the file ends here. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Compares a check; false when the file ends before it is complete. */
  private boolean checkFollows() throws IOException, RecordingException {
    byte[] stored = take(Integer.BYTES);
    if (stored.length < Integer.BYTES) {
      return false;
    }
    if (ByteBuffer.wrap(stored).getInt() != (int) check.getValue()) {
      throw damaged();
    }
    return true;
  }

  /** Reads so many bytes, or fewer at the end of the file. */
  private byte[] take(int length) throws IOException {
    byte[] taken = in.readNBytes(length);
    position += taken.length;
    return taken;
  }

  private RecordingException damaged() {
    return RecordingException.damaged("the check at byte " + position + " does not match");
  }
}
