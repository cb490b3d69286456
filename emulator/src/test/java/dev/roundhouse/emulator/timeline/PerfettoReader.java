package dev.roundhouse.emulator.timeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a viewer of Perfetto's would see of a file. */
final class PerfettoReader {
  private final Map<Long, String> tracks = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private long nanos;

  /** An event of a track; of a counter the name is its value. */
  record Event(long nanos, String track, String type, String name, List<String> flows) {}

  /** A field of a message: a number, or bytes. */
  private record Field(int number, long value, ByteBuffer bytes) {
    String text() {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
  }

  PerfettoReader(byte[] file) {
    for (Field packet : fields(ByteBuffer.wrap(file))) {
      read(fields(packet.bytes()));
    }
  }

  List<Event> events() {
    return events;
  }

  private void read(List<Field> packet) {
    boolean isOnOwnClock = packet.stream().noneMatch(field -> field.number() == 58);
    for (Field field : packet) {
      switch (field.number()) {
        case 8 -> nanos = isOnOwnClock ? nanos + field.value() : field.value();
        case 12 ->
            fields(field.bytes()).stream()
                .filter(each -> each.number() == 2)
                .map(each -> fields(each.bytes()))
                .forEach(name -> names.put(name.get(0).value(), name.get(1).text()));
        case 60 -> {
          List<Field> track = fields(field.bytes());
          tracks.put(track.get(0).value(), track.get(1).text());
        }
        default -> {
          // Looked at below.
        }
      }
    }
    packet.stream()
        .filter(field -> field.number() == 11)
        .forEach(field -> readEvent(fields(field.bytes())));
  }

  private void readEvent(List<Field> event) {
    String track = "";
    String type = "";
    String name = "";
    List<String> flows = new ArrayList<>();
    for (Field field : event) {
      switch (field.number()) {
        case 9 -> type = List.of("", "begin", "end", "instant", "counter").get((int) field.value());
        case 10 -> name = names.get(field.value());
        case 11 -> track = tracks.get(field.value());
        case 30 -> name = Long.toString(field.value());
        case 47 -> flows.add(Long.toString(field.value()));
        case 48 -> flows.add(field.value() + " last");
        default -> {
          // Arguments.
        }
      }
    }
    events.add(new Event(nanos, track, type, name, flows));
  }

  private static List<Field> fields(ByteBuffer message) {
    ByteBuffer bytes = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (bytes.hasRemaining()) {
      long tag = varint(bytes);
      int number = (int) (tag >> 3);
      switch ((int) tag & 7) {
        case 0 -> fields.add(new Field(number, varint(bytes), ByteBuffer.allocate(0)));
        case 1 -> fields.add(new Field(number, bytes.getLong(), ByteBuffer.allocate(0)));
        case 2 -> {
          int length = (int) varint(bytes);
          fields.add(new Field(number, 0, bytes.slice(bytes.position(), length)));
          bytes.position(bytes.position() + length);
        }
        default -> throw new IllegalArgumentException("wire type " + (tag & 7));
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
