package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.trace.EventVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a trace as a compact stream, of which all blocks but the last survive whatever ends the
 * process. Numbers of fixed size are big-endian; "varint" is unsigned LEB128; a string is a varint
 * length and UTF-8.
 *
 * <pre>
 *   file    magic (8 bytes), blocks
 *   block   length of the payload (4), CRC-32C of the payload (4), payload: entries
 *   entry   0: varint; a shape: name of the event: string; number of fields: varint; their kinds (1) and names: strings
 *           or the number of a shape, counted from 1: varint; nanoseconds since the last event: varint; its fields' values
 *   value   NUMBER   zigzag varint
 *           ADDRESS  varint
 *           TEXT     the number of a text that came before, counted from 1: varint; or 0: varint, and the text: string
 * </pre>
 *
 * Texts have numbers up to {@link #MOST_TEXTS}; what comes behind them has none.
 */
public final class BinaryTrace implements TraceForm, EventVisitor {
  /** Starts with a byte beyond ASCII and ends in CR LF, so that transfers as text are seen. */
  public static final long MAGIC = 0x8952_4854_5243_0d0aL;

  /** Kinds of fields. */
  public static final int NUMBER = 0;

  public static final int ADDRESS = 1;
  public static final int TEXT = 2;

  /** A reader keeps no more. */
  public static final int MOST_TEXTS = 1 << 14;

  /** Longer texts have no number. */
  public static final int LONGEST_NUMBERED = 256;

  private static final int BLOCK_BYTES = 1 << 16;
  private static final int GROUP_BITS = 7;
  private static final int MORE = 0x80;

  private final OutputStream out;
  private final Bytes block = new Bytes();
  private final Bytes values = new Bytes();
  private final Map<String, Integer> texts = new HashMap<>();
  private final Shape root = new Shape(NUMBER, "");
  private Shape shape = root;
  private int shapes;
  private long latest;
  private long now;
  private boolean isStarted;

  /** The fields that an event has had so far; kinds of events are branches of a tree. */
  private static final class Shape {
    private final int kind;
    private final String name;
    private final List<Shape> next = new ArrayList<>();
    private int id;

    Shape(int kind, String name) {
      this.kind = kind;
      this.name = name;
    }

    Shape with(int newKind, String newName) {
      for (int i = 0; i < next.size(); i++) {
        Shape each = next.get(i);
        if (each.kind == newKind && each.name.equals(newName)) {
          return each;
        }
      }
      Shape made = new Shape(newKind, newName);
      next.add(made);
      return made;
    }
  }

  /** Bytes that grow. */
  private static final class Bytes {
    private byte[] buffer = new byte[BLOCK_BYTES];
    private int size;

    void put(int value) {
      if (size == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * size);
      }
      buffer[size++] = (byte) value;
    }

    void varint(long value) {
      long rest = value;
      while ((rest & -MORE) != 0) {
        put((int) rest | MORE);
        rest >>>= GROUP_BITS;
      }
      put((int) rest);
    }

    void text(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      varint(bytes.length);
      append(bytes, bytes.length);
    }

    void append(byte[] bytes, int length) {
      if (size + length > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + length));
      }
      System.arraycopy(bytes, 0, buffer, size, length);
      size += length;
    }
  }

  BinaryTrace(OutputStream out) {
    this.out = out;
  }

  @Override
  public EventVisitor begin(long nanos) {
    now = nanos;
    shape = root;
    values.size = 0;
    return this;
  }

  @Override
  public EventVisitor event(String name) {
    shape = shape.with(TEXT, name);
    return this;
  }

  @Override
  public EventVisitor number(String name, long value) {
    shape = shape.with(NUMBER, name);
    values.varint(value << 1 ^ value >> (Long.SIZE - 1));
    return this;
  }

  @Override
  public EventVisitor address(String name, long value) {
    shape = shape.with(ADDRESS, name);
    values.varint(value);
    return this;
  }

  @Override
  public EventVisitor text(String name, String value) {
    shape = shape.with(TEXT, name);
    Integer known = texts.get(value);
    if (known != null) {
      values.varint(known);
      return this;
    }
    if (texts.size() < MOST_TEXTS && value.length() <= LONGEST_NUMBERED) {
      texts.put(value, texts.size() + 1);
    }
    values.varint(0);
    values.text(value);
    return this;
  }

  @Override
  public void end() throws IOException {
    if (shape.id == 0) {
      define();
    }
    block.varint(shape.id);
    block.varint(now - latest);
    latest = now;
    block.append(values.buffer, values.size);
    if (block.size >= BLOCK_BYTES) {
      flush();
    }
  }

  private void define() {
    List<Shape> path = new ArrayList<>();
    find(root, path);
    shapes++;
    shape.id = shapes;
    block.varint(0);
    block.text(path.getFirst().name);
    block.varint(path.size() - 1L);
    for (Shape field : path.subList(1, path.size())) {
      block.put(field.kind);
      block.text(field.name);
    }
  }

  /** Adds the way from here to this event's shape. */
  private boolean find(Shape from, List<Shape> path) {
    for (Shape each : from.next) {
      path.add(each);
      if (each == shape || find(each, path)) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }

  @Override
  public void flush() throws IOException {
    if (!isStarted) {
      isStarted = true;
      out.write(ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array());
    }
    if (block.size > 0) {
      CRC32C check = new CRC32C();
      check.update(block.buffer, 0, block.size);
      byte[] head =
          ByteBuffer.allocate(Long.BYTES).putInt(block.size).putInt((int) check.getValue()).array();
      Bytes whole = new Bytes();
      whole.append(head, head.length);
      whole.append(block.buffer, block.size);
      out.write(whole.buffer, 0, whole.size);
      block.size = 0;
    }
    out.flush();
  }
}
