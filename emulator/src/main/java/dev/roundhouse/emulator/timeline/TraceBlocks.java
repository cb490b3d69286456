package dev.roundhouse.emulator.timeline;

import dev.roundhouse.emulator.observe.BinaryTrace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads the compact stream that {@link BinaryTrace} writes, event by event, in bounded memory. */
public final class TraceBlocks implements TraceInput {
  private static final int LARGEST_BLOCK = 1 << 20;
  private static final int MOST_SHAPES = 1 << 12;
  private static final int GROUP_BITS = 7;
  private static final int GROUP = 0x7f;

  private final InputStream in;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private ByteBuffer block = ByteBuffer.allocate(0);
  private long blockAt;
  private long nextBlockAt = Long.BYTES;
  private long nanos;
  private boolean isCutOff;

  /** A kind of event with its fields. */
  private record Shape(String event, List<Field> fields) {}

  /** A field of a kind. */
  private record Field(int kind, String name) {}

  /** Reads a stream behind its magic number; the caller closes it. */
  public TraceBlocks(InputStream in) {
    this.in = in;
  }

  @Override
  public boolean next(EventFields event) throws IOException {
    if (!block.hasRemaining() && !readBlock()) {
      return false;
    }
    try {
      int number = index(varint());
      while (number == 0) {
        define();
        number = index(varint());
      }
      if (number > shapes.size()) {
        throw bad("an event of a kind that was not told");
      }
      read(shapes.get(number - 1), event);
      return true;
    } catch (BufferUnderflowException _) {
      throw bad("an event that does not end");
    }
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public String place() {
    return "the block at byte " + blockAt;
  }

  @Override
  public boolean isCutOff() {
    return isCutOff;
  }

  private boolean readBlock() throws IOException {
    blockAt = nextBlockAt;
    byte[] head = in.readNBytes(Long.BYTES);
    if (head.length == 0) {
      return false;
    }
    if (head.length < Long.BYTES) {
      isCutOff = true;
      return false;
    }
    ByteBuffer numbers = ByteBuffer.wrap(head);
    int length = numbers.getInt();
    if (length <= 0 || length > LARGEST_BLOCK) {
      throw bad("no block has " + length + " bytes");
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      isCutOff = true;
      return false;
    }
    CRC32C check = new CRC32C();
    check.update(payload);
    if ((int) check.getValue() != numbers.getInt()) {
      throw bad("it is damaged");
    }
    block = ByteBuffer.wrap(payload);
    nextBlockAt = blockAt + Long.BYTES + length;
    return true;
  }

  private void define() {
    String event = text();
    int count = index(varint());
    if (count > EventFields.MOST || shapes.size() == MOST_SHAPES) {
      throw bad("too many fields or kinds of events");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = block.get();
      fields.add(new Field(kind, text()));
    }
    shapes.add(new Shape(event, fields));
  }

  private void read(Shape shape, EventFields event) {
    event.clear();
    event.event(shape.event());
    long passed = varint();
    if (passed < 0 || nanos + passed < 0) {
      throw bad("time goes back");
    }
    nanos += passed;
    for (Field field : shape.fields()) {
      switch (field.kind()) {
        case BinaryTrace.NUMBER -> {
          long value = varint();
          event.number(field.name(), value >>> 1 ^ -(value & 1));
        }
        case BinaryTrace.ADDRESS -> event.address(field.name(), varint());
        case BinaryTrace.TEXT -> event.text(field.name(), knownText());
        default -> throw bad("a field of kind " + field.kind());
      }
    }
  }

  private String knownText() {
    int number = index(varint());
    if (number > texts.size()) {
      throw bad("a text that was not told");
    }
    if (number > 0) {
      return texts.get(number - 1);
    }
    String text = text();
    if (texts.size() < BinaryTrace.MOST_TEXTS && text.length() <= BinaryTrace.LONGEST_NUMBERED) {
      texts.add(text);
    }
    return text;
  }

  private String text() {
    int length = index(varint());
    if (length > block.remaining()) {
      throw bad("a text that does not end");
    }
    String text = StandardCharsets.UTF_8.decode(block.slice(block.position(), length)).toString();
    block.position(block.position() + length);
    return text;
  }

  private int index(long number) {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw bad("a number is too large");
    }
    return (int) number;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += GROUP_BITS) {
      byte next = block.get();
      value |= (long) (next & GROUP) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw bad("a number is too large");
  }

  private TraceException bad(String problem) {
    return new TraceException(problem);
  }
}
