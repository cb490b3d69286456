package dev.roundhouse.emulator.record.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes the file: what it starts with, and chunks with their checks. */
public final class ChunkWriter {
  private final OutputStream out;
  private final CRC32C check = new CRC32C();
  private boolean isBroken;

  public ChunkWriter(OutputStream out) throws IOException {
    this.out = out;
    byte[] version = RecordingFormat.ownVersion().getBytes(StandardCharsets.US_ASCII);
    byte[] start =
        new FieldWriter()
            .putLong(RecordingFormat.MAGIC)
            .putInt(RecordingFormat.FORMAT)
            .putByte(version.length)
            .putBytes(version)
            .take();
    check.update(start);
    out.write(start);
  }

  /**
   * Writes one chunk, so that a run that is killed later leaves it behind. Nothing follows a chunk
   * that could not be written whole: that is where the file is cut off.
   */
  public void write(int type, byte[] payload) throws IOException {
    if (isBroken) {
      throw new IOException("its last part could not be written");
    }
    isBroken = true;
    byte[] header = new FieldWriter().putByte(type).putInt(payload.length).take();
    FieldWriter chunk = new FieldWriter().putBytes(header);
    check.update(header);
    chunk.putInt((int) check.getValue());
    check.update(payload);
    chunk.putBytes(payload).putInt((int) check.getValue());
    out.write(chunk.take());
    out.flush();
    isBroken = false;
  }
}
