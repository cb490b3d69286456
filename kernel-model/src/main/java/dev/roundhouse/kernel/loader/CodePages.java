package dev.roundhouse.kernel.loader;

import dev.roundhouse.devices.bus.AddressRange;
import java.util.BitSet;
import java.util.Comparator;

/**
 * The pages of 4 KiB that code of a program lies in, by number from the start of its memory on:
 * those without anything that it may write to, and those that code shares with data.
 */
public record CodePages(BitSet alone, BitSet shared) {
  /** The logarithm of the bytes of a page. */
  public static final int PAGE_SHIFT = 12;

  /** Those of a program. */
  static CodePages of(ElfImage image) {
    BitSet code = new BitSet();
    BitSet data = new BitSet();
    image.code().forEach(range -> set(code, image, range.start(), range.end()));
    for (Segment segment : image.segments()) {
      if (segment.isWritable()) {
        setData(data, image, segment);
      }
    }
    BitSet shared = (BitSet) code.clone();
    shared.and(data);
    code.andNot(data);
    return new CodePages(code, shared);
  }

  /** What is between the code of a segment. */
  private static void setData(BitSet data, ElfImage image, Segment segment) {
    long from = segment.address();
    var code =
        image.code().stream()
            .filter(range -> segment.contains(range.start(), range.length()))
            .sorted(Comparator.comparingLong(AddressRange::start))
            .toList();
    for (AddressRange range : code) {
      set(data, image, from, range.start());
      from = Math.max(from, range.end());
    }
    set(data, image, from, segment.end());
  }

  private static void set(BitSet pages, ElfImage image, long start, long end) {
    if (start < end) {
      pages.set(number(image, start), number(image, end - 1) + 1);
    }
  }

  private static int number(ElfImage image, long address) {
    return (int) ((address - image.base()) >>> PAGE_SHIFT);
  }
}
