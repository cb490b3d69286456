package dev.roundhouse.emulator.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.observe.BinaryTrace;
import dev.roundhouse.emulator.observe.TraceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class TraceBlocksTest {
  private static final int MAGIC_BYTES = 8;

  private static byte[] compact(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceFile file = TraceFile.compact(out);
    ExampleTrace.feed(text, file);
    file.flush();
    return out.toByteArray();
  }

  private static TraceBlocks blocks(byte[] file) {
    return new TraceBlocks(
        new ByteArrayInputStream(file, MAGIC_BYTES, Math.max(0, file.length - MAGIC_BYTES)));
  }

  private static String lines(byte[] file) throws IOException {
    TraceBlocks blocks = blocks(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceFile lines = new TraceFile(out);
    EventFields event = new EventFields();
    while (blocks.next(event)) {
      lines.emit(blocks.nanos(), event);
    }
    lines.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aCompactTraceTellsTheSameEvents() throws IOException {
    byte[] file = compact(ExampleTrace.TEXT);
    assertThat(ByteBuffer.wrap(file).getLong()).isEqualTo(BinaryTrace.MAGIC);
    assertThat(lines(file)).isEqualTo(ExampleTrace.TEXT);
  }

  @Test
  void aLongTraceHasManyBlocksAndStaysSmall() throws IOException {
    StringBuilder text = new StringBuilder();
    for (long nth = 0; nth < 40_000; nth++) {
      text.append(
          "{\"t\":%d,\"e\":\"ready\",\"tid\":%d,\"result\":%d}\n"
              .formatted(nth * 700, nth % 50, nth % 3 == 0 ? Long.MIN_VALUE + nth : -nth));
    }
    byte[] file = compact(text.toString());
    assertThat(file.length).isLessThan(text.length() / 4);
    assertThat(lines(file)).isEqualTo(text.toString());
  }

  @Test
  void eachFlippedBitIsSeen() {
    byte[] file = compact(ExampleTrace.TEXT);
    for (int bit = MAGIC_BYTES * Byte.SIZE; bit < file.length * Byte.SIZE; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      TraceBlocks blocks = blocks(damaged);
      EventFields event = new EventFields();
      try {
        assertThat(blocks.next(event)).isFalse();
        assertThat(blocks.isCutOff()).isTrue();
      } catch (IOException | TraceException e) {
        assertThat(e).isInstanceOf(TraceException.class);
        assertThat(blocks.place()).isEqualTo("the block at byte 8");
      }
    }
  }

  @Test
  void aTraceThatEndsWithinABlockIsGoodUpToThere() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceFile trace = TraceFile.compact(out);
    ExampleTrace.feed(ExampleTrace.TEXT, trace);
    trace.flush();
    int whole = out.size();
    ExampleTrace.feed(ExampleTrace.TEXT.replace("\"t\":", "\"t\":5"), trace);
    trace.flush();
    byte[] file = out.toByteArray();
    for (int length = whole; length < file.length; length++) {
      assertThat(lines(Arrays.copyOf(file, length))).isEqualTo(ExampleTrace.TEXT);
    }
  }

  @Test
  void whatTheChecksDoNotSeeIsSeenByTheReader() {
    byte[] payload = {1, 0, 3};
    CRC32C check = new CRC32C();
    check.update(payload);
    byte[] file =
        ByteBuffer.allocate(MAGIC_BYTES + 8 + payload.length)
            .putLong(BinaryTrace.MAGIC)
            .putInt(payload.length)
            .putInt((int) check.getValue())
            .put(payload)
            .array();
    assertThatThrownBy(() -> blocks(file).next(new EventFields()))
        .hasMessage("an event of a kind that was not told");
  }
}
