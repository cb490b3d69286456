package dev.roundhouse.emulator.unicorn.core;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.roundhouse.emulator.cpu.CoreState.WalkStep;
import dev.roundhouse.emulator.cpu.GuestWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks the guest's translation tables as the MMU does (Arm Architecture Reference Manual for
 * A-profile, D8.2: VMSAv8-64 with the 4 KiB granule). Permissions are not looked at.
 *
 * @param ram where the tables are
 * @param root the physical address in TTBR0
 * @param highRoot the one in TTBR1, for addresses whose upper bits are ones
 * @param control TCR
 */
public record TranslationWalk(GuestWindow ram, long root, long highRoot, long control) {
  /** Answer where nothing is mapped. */
  public static final long NOTHING = -1;

  private static final int PAGE_SHIFT = 12;
  private static final int BITS_PER_LEVEL = 9;
  private static final int LAST_LEVEL = 3;
  private static final int SIZE_MASK = 0x3f;
  private static final int HIGH_SIZE_SHIFT = 16;
  private static final int LARGEST_ADDRESS_BITS = 48;
  private static final int SMALLEST_ADDRESS_BITS = 25;
  private static final long ADDRESS = (1L << LARGEST_ADDRESS_BITS) - 1 & -(1L << PAGE_SHIFT);
  private static final int ATTRIBUTE_SHIFT = 2;
  private static final int ATTRIBUTE_MASK = 7;
  private static final long VALID = 1;
  private static final long TABLE = 2;

  /** The physical address behind a virtual one, or {@link #NOTHING}. */
  public long physical(long virtual) {
    return translate(virtual, step -> {});
  }

  /** What the MMU looks at for a virtual address, in order. */
  public List<WalkStep> steps(long virtual) {
    List<WalkStep> steps = new ArrayList<>();
    long _ = translate(virtual, steps::add);
    return steps;
  }

  /** Which attribute of MAIR an address has; -1 where nothing is mapped. */
  public int attributeIndex(long virtual) {
    long[] last = {0};
    long physical = translate(virtual, step -> last[0] = step.descriptor());
    return physical == NOTHING ? -1 : (int) (last[0] >>> ATTRIBUTE_SHIFT) & ATTRIBUTE_MASK;
  }

  private long translate(long virtual, Consumer<WalkStep> seen) {
    boolean isHigh = virtual < 0;
    int bits = Long.SIZE - ((int) (control >>> (isHigh ? HIGH_SIZE_SHIFT : 0)) & SIZE_MASK);
    if (bits < SMALLEST_ADDRESS_BITS || bits > LARGEST_ADDRESS_BITS) {
      return NOTHING;
    }
    long upper = virtual >> bits;
    if (upper != (isHigh ? -1 : 0)) {
      return NOTHING;
    }
    int level = LAST_LEVEL + 1 - (bits - PAGE_SHIFT + BITS_PER_LEVEL - 1) / BITS_PER_LEVEL;
    long table = (isHigh ? highRoot : root) & ADDRESS;
    return walk(virtual & (1L << bits) - 1, table, level, seen);
  }

  private long walk(long inTables, long firstTable, int firstLevel, Consumer<WalkStep> seen) {
    long table = firstTable;
    long virtual = inTables;
    for (int level = firstLevel; level <= LAST_LEVEL; level++) {
      int shift = PAGE_SHIFT + BITS_PER_LEVEL * (LAST_LEVEL - level);
      long place = table + (virtual >>> shift) * Long.BYTES;
      long entry = descriptor(place);
      seen.accept(new WalkStep(level, place, entry));
      if ((entry & VALID) == 0) {
        return NOTHING;
      }
      long offset = virtual & (1L << shift) - 1;
      boolean isPointer = (entry & TABLE) != 0;
      if (level == LAST_LEVEL) {
        return isPointer ? (entry & ADDRESS) + offset : NOTHING;
      }
      if (!isPointer) {
        return level == 0 ? NOTHING : (entry & ADDRESS & -(1L << shift)) + offset;
      }
      table = entry & ADDRESS;
      virtual = offset;
    }
    return NOTHING;
  }

  private long descriptor(long physical) {
    long offset = physical - ram.address();
    return offset >= 0 && offset <= ram.memory().byteSize() - Long.BYTES
        ? ram.memory().get(JAVA_LONG_UNALIGNED, offset)
        : 0;
  }
}
