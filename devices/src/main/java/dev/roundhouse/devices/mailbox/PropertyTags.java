package dev.roundhouse.devices.mailbox;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.devices.trace.Warnings;
import java.util.BitSet;

/**
 * Answers property messages as the firmware of a Raspberry Pi 4B does (raspberrypi/firmware wiki,
 * "Mailbox property interface"). A message is not trusted: sizes and offsets are checked against
 * the message and RAM. A tag that is not known keeps its code without the response bit, and is a
 * visible warning; so is everything about a framebuffer, for there is no screen.
 */
final class PropertyTags {
  private static final int REQUEST = 0;
  private static final int SUCCESS = 0x8000_0000;
  private static final int FAILURE = 0x8000_0001;
  private static final int RESPONSE = 0x8000_0000;
  private static final int HEADER_BYTES = 8;
  private static final int TAG_BYTES = 12;
  private static final int WORD = Integer.BYTES;
  private static final int LARGEST_MESSAGE = 1 << 16;
  private static final int MOST_WARNINGS = 32;
  private static final int FRAMEBUFFER = 4;

  /** The processor's physical address behind a bus address of the VideoCore. */
  private static final long BUS_ALIAS = 0x3FFF_FFFFL;

  private final PhysicalMemory ram;
  private final Warnings warnings;
  private final PropertyValues values;
  private final BitSet warned = new BitSet();

  PropertyTags(PhysicalMemory ram, Warnings warnings) {
    this.ram = ram;
    this.warnings = warnings;
    this.values = new PropertyValues(ram.range().end());
  }

  /** A VideoCore that sees no RAM: it answers nothing. */
  static PropertyTags withoutMemory(Warnings warnings) {
    return new PropertyTags(new SparseMemory(new AddressRange(0, 0)), warnings);
  }

  /** Answers the message at a bus address. */
  void answer(int busAddress) {
    long at = busAddress & BUS_ALIAS;
    if (!ram.contains(at, HEADER_BYTES)) {
      warnings.warn("VideoCore mailbox", "a message at 0x%x is not in RAM".formatted(at));
      return;
    }
    int size = ram.getInt(at);
    boolean isWhole =
        size >= HEADER_BYTES + WORD
            && size <= LARGEST_MESSAGE
            && ram.contains(at, size)
            && ram.getInt(at + WORD) == REQUEST;
    boolean isGood = isWhole && answerTags(at + HEADER_BYTES, at + size);
    ram.putInt(at + WORD, isGood ? SUCCESS : FAILURE);
  }

  /** Answers tags up to the end tag; false if they run out of the message. */
  private boolean answerTags(long first, long end) {
    long at = first;
    while (end - at >= WORD) {
      int tag = ram.getInt(at);
      if (tag == 0) {
        return true;
      }
      if (end - at < TAG_BYTES) {
        return false;
      }
      long room = Integer.toUnsignedLong(ram.getInt(at + WORD));
      long next = at + TAG_BYTES + (room + WORD - 1) / WORD * WORD;
      if (next > end) {
        return false;
      }
      answerTag(tag, at, (int) room);
      at = next;
    }
    return false;
  }

  private void answerTag(int tag, long at, int room) {
    int[] request = new int[room / WORD];
    for (int n = 0; n < request.length; n++) {
      request[n] = ram.getInt(at + TAG_BYTES + (long) n * WORD);
    }
    byte[] response = values.of(tag, request);
    if (response == null) {
      warn(tag);
      return;
    }
    int length = Math.min(response.length, room);
    ram.write(at + TAG_BYTES, response, 0, length);
    ram.putInt(at + 2 * WORD, RESPONSE | response.length);
  }

  private void warn(int tag) {
    int known = tag & 0xFFFFF;
    if (warned.cardinality() < MOST_WARNINGS && !warned.get(known)) {
      warned.set(known);
      boolean isScreen = tag >>> 16 == FRAMEBUFFER;
      warnings.warn(
          "VideoCore mailbox",
          "tag 0x%08x is not answered: %s"
              .formatted(tag, isScreen ? "there is no screen" : "it is not modelled"));
    }
  }
}
