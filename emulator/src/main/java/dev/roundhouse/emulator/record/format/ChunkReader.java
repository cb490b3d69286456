package dev.roundhouse.emulator.record.format;

import dev.roundhouse.devices.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads the file chunk by chunk and sees to their checks. */
public final class ChunkReader {
  private static final int START_BYTES = Long.BYTES + Integer.BYTES;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int MOST_SHOWN = 40;

  /** A chunk whose checks are right. */
  public static final class Chunk {
    private final int type;
    private final FieldReader fields;

    private Chunk(int type, FieldReader fields) {
      this.type = type;
      this.fields = fields;
    }

    public int type() {
      return type;
    }

    public FieldReader fields() {
      return fields;
    }
  }

  private final InputStream in;
  private final CRC32C check = new CRC32C();
  private long position;

  public ChunkReader(InputStream in) throws IOException, RecordingException {
    this.in = in;
    ByteBuffer start = ByteBuffer.wrap(take(START_BYTES));
    if (start.remaining() < START_BYTES || start.getLong() != RecordingFormat.MAGIC) {
      throw new RecordingException(
          "this is no recording", "give a file that was written by --record");
    }
    check.update(start.array());
    int format = start.getInt();
    String version = format >= RecordingFormat.FIRST_WITH_VERSION ? takeVersion() : "";
    if (format != RecordingFormat.FORMAT) {
      throw new RecordingException(
          "the recording has format %d of %s; this Roundhouse %s knows format %d"
              .formatted(
                  format, writer(version), RecordingFormat.ownVersion(), RecordingFormat.FORMAT),
          "replay it with the Roundhouse that wrote it");
    }
  }

  /** The version of the Roundhouse that wrote the file; empty if the file ends before. */
  private String takeVersion() throws IOException {
    byte[] length = take(1);
    byte[] version = take(length.length == 0 ? 0 : Byte.toUnsignedInt(length[0]));
    check.update(length);
    check.update(version);
    return new String(version, StandardCharsets.US_ASCII);
  }

  private static String writer(String version) {
    return version.isEmpty()
        ? "a Roundhouse before its first release"
        : "Roundhouse " + Printable.line(version, MOST_SHOWN);
  }

  /**
   * The next chunk, or nothing where the file ends, be it in the middle of a chunk.
   *
   * @throws RecordingException when a check is wrong
   */
  public Optional<Chunk> next() throws IOException, RecordingException {
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
  public boolean isAtEnd() throws IOException {
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
