package dev.roundhouse.devices.bus;

import dev.roundhouse.devices.trace.Warnings;
import java.util.BitSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Device space: which device answers at an address. RAM is not reached through the bus.
 *
 * <p>An address without a device reads as zero and swallows writes, with one visible warning per
 * address; nothing a guest does here throws.
 */
public final class Bus {
  /** Devices start and end on multiples of this; the BCM2711's UARTs are 0x200 bytes apart. */
  public static final int GRANULE_BYTES = 0x200;

  private static final int GRANULE_SHIFT = Integer.numberOfTrailingZeros(GRANULE_BYTES);
  private static final int MOST_DEVICES = 255;
  private static final int MOST_WARNINGS = 64;
  private static final long LARGEST_SPACE = 1L << 30;
  private static final int WORD_SHIFT = 2;

  private final AddressRange space;
  private final Warnings warnings;
  private final LongFunction<String> notModelled;

  /** Per granule the number of its device in {@link #attachments}, 0 for none. */
  private final byte[] deviceOfGranule;

  private final @Nullable Attachment[] attachments = new Attachment[MOST_DEVICES + 1];
  private final BitSet warnedWords = new BitSet();
  private int devices;
  private int warned;

  private record Attachment(long start, String name, MmioDevice device) {}

  /**
   * A bus without devices.
   *
   * @param space the addresses of devices, in whole granules, at most 1 GiB
   * @param warnings told of accesses that no device answers
   */
  public Bus(AddressRange space, Warnings warnings) {
    this(space, warnings, address -> "");
  }

  /**
   * The same, where something is known of addresses without a device.
   *
   * @param notModelled what the chip has at an address, and what to use in its place; empty where
   *     that is not known
   */
  public Bus(AddressRange space, Warnings warnings, LongFunction<String> notModelled) {
    this.notModelled = notModelled;
    requireGranules(space);
    if (space.length() > LARGEST_SPACE) {
      throw new IllegalArgumentException("device space is too large: " + space);
    }
    this.space = space;
    this.warnings = warnings;
    this.deviceOfGranule = new byte[(int) (space.length() >>> GRANULE_SHIFT)];
  }

  /** The addresses that are device space. */
  public AddressRange space() {
    return space;
  }

  /**
   * Puts a device at {@code range}.
   *
   * @throws IllegalArgumentException if the range is outside the space, does not start and end on a
   *     granule or overlaps another device's
   */
  public void attach(AddressRange range, String name, MmioDevice device) {
    requireGranules(range);
    if (!space.contains(range.start(), range.length()) || devices == MOST_DEVICES) {
      throw new IllegalArgumentException("no room on the bus for " + name + " at " + range);
    }
    int number = ++devices;
    attachments[number] = new Attachment(range.start(), name, device);
    int first = granule(range.start());
    for (int granule = first; granule < first + (range.length() >>> GRANULE_SHIFT); granule++) {
      Attachment other = attachments[deviceOfGranule[granule] & MOST_DEVICES];
      if (other != null) {
        throw new IllegalArgumentException(name + " at " + range + " overlaps " + other.name());
      }
      deviceOfGranule[granule] = (byte) number;
    }
  }

  /**
   * Reads from the device at {@code address}, zero-extended; 0 where there is none.
   *
   * @param bytes 1, 2, 4 or 8
   */
  public long read(long address, int bytes) {
    Attachment at = attachmentAt(address);
    if (at == null) {
      warn(address, "no device here: reads give 0");
      return 0;
    }
    return at.device.read((int) (address - at.start), bytes);
  }

  /** What is at an address, such as {@code UART0 + 0x18}; the address where nothing is. */
  public String nameOf(long address) {
    Attachment at = attachmentAt(address);
    return at == null
        ? "0x%x".formatted(address)
        : "%s + 0x%x".formatted(at.name, address - at.start);
  }

  /** Until when reads at {@code address} stay as they are; see {@link MmioDevice#steadyUntil}. */
  public long steadyUntil(long address, long nowNanos) {
    Attachment at = attachmentAt(address);
    return at == null ? nowNanos : at.device.steadyUntil((int) (address - at.start), nowNanos);
  }

  /**
   * Writes to the device at {@code address}; nothing happens where there is none.
   *
   * @param bytes 1, 2, 4 or 8
   */
  public void write(long address, int bytes, long value) {
    Attachment at = attachmentAt(address);
    if (at == null) {
      warn(address, "no device here: writes are dropped");
      return;
    }
    at.device.write((int) (address - at.start), bytes, value);
  }

  private @Nullable Attachment attachmentAt(long address) {
    if (!space.contains(address)) {
      return null;
    }
    return attachments[deviceOfGranule[granule(address)] & MOST_DEVICES];
  }

  private int granule(long address) {
    return (int) ((address - space.start()) >>> GRANULE_SHIFT);
  }

  private void warn(long address, String what) {
    if (warned >= MOST_WARNINGS) {
      return;
    }
    if (space.contains(address)) {
      int word = (int) ((address - space.start()) >>> WORD_SHIFT);
      if (warnedWords.get(word)) {
        return;
      }
      warnedWords.set(word);
    }
    warned++;
    String known = notModelled.apply(address);
    String where = "address 0x%x".formatted(address) + (known.isEmpty() ? "" : ", " + known);
    String more = warned == MOST_WARNINGS ? " (no more such addresses are reported)" : "";
    warnings.warn(where, what + more);
  }

  private static void requireGranules(AddressRange range) {
    if ((range.start() | range.length()) % GRANULE_BYTES != 0) {
      throw new IllegalArgumentException(
          "%s does not start and end on multiples of 0x%x".formatted(range, GRANULE_BYTES));
    }
  }
}
