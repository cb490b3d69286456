package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.kernel.report.Fault.Access;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The translation tables of the guest's MMU: addresses stand for themselves, RAM and devices are
 * open to EL0, and everything else is not mapped (Arm Architecture Reference Manual for A-profile,
 * D8.3: VMSAv8-64 descriptors, 4 KiB granule, 39-bit addresses, so that level 1 comes first).
 *
 * <p>The MMU is on for three reasons. A load or store that fails gives an exception with the exact
 * pc; the engine's own hook for unmapped memory gives the start of the block in 2.0 and 2.1.1. A
 * jump to where no RAM is fails before a block there is counted. And a page of RAM is for writing
 * or for executing, so that code that changes is noticed: 2.1.1 drops the translation under the
 * first store to a page only, and from 2.1.2 on each store to a page that may hold code takes ten
 * times as long.
 *
 * <p>The tables lie at {@link #HOME}, behind all that 32-bit physical addresses reach, and are not
 * mapped for EL0. The first page holds the code that turns the MMU on.
 */
public final class TranslationTables {
  /** Physical address of the first page. */
  public static final long HOME = 1L << 32;

  private static final int PAGE_SHIFT = 12;
  private static final int BLOCK_SHIFT = 21;
  private static final int GIB_SHIFT = 30;
  private static final long PAGE_BYTES = 1L << PAGE_SHIFT;
  private static final long BLOCK_BYTES = 1L << BLOCK_SHIFT;
  private static final int ENTRIES = 512;

  private static final long VALID_BLOCK = 1;
  private static final long VALID_TABLE_OR_PAGE = 3;
  private static final long ATTRIBUTES_AT = 2;
  private static final long OPEN_TO_EL0 = 1L << 6;
  private static final long INNER_SHAREABLE = 3L << 8;
  private static final long ACCESSED = 1L << 10;
  private static final long READ_ONLY = 1L << 7;
  private static final long EL1_EXECUTE_NEVER = 1L << 53;
  private static final long EL0_EXECUTE_NEVER = 1L << 54;
  private static final long OUTPUT_ADDRESS = ((1L << 48) - 1) & -PAGE_BYTES;

  /** Attribute 0 is device memory, 1 normal memory: see {@link Arm64StartState}. */
  private static final long DEVICE = INNER_SHAREABLE | ACCESSED | EL1_EXECUTE_NEVER;

  private static final long NORMAL = DEVICE | (1 << ATTRIBUTES_AT);
  private static final long RAM = NORMAL | OPEN_TO_EL0 | EL0_EXECUTE_NEVER;
  private static final long DEVICES = DEVICE | OPEN_TO_EL0 | EL0_EXECUTE_NEVER;
  private static final long OWN = (NORMAL & ~EL1_EXECUTE_NEVER) | EL0_EXECUTE_NEVER;

  private static final long LEVEL_1 = PAGE_BYTES;
  private static final long FIRST_FREE = 2 * PAGE_BYTES;
  private static final long HIGHEST_ADDRESS = HOME;

  private final MemorySegment memory;
  private final List<AddressRange> mapped = new ArrayList<>();
  private long nextTable = FIRST_FREE;

  /**
   * Tables for RAM.
   *
   * @throws IllegalArgumentException unless it starts and ends at multiples of 2 MiB below 4 GiB
   */
  public TranslationTables(AddressRange ram, Arena lifetime) {
    long tables = FIRST_FREE / PAGE_BYTES + (HIGHEST_ADDRESS >>> GIB_SHIFT);
    long pageTables = ram.length() >>> BLOCK_SHIFT;
    memory = new HostMemory().reserve((tables + pageTables) * PAGE_BYTES, lifetime);
    setEntry(LEVEL_1, HOME >>> GIB_SHIFT, HOME | OWN | VALID_BLOCK);
    map(ram, RAM);
  }

  /**
   * Opens devices.
   *
   * @throws IllegalArgumentException unless they start and end at multiples of 2 MiB below 4 GiB
   */
  public void openDevices(AddressRange devices) {
    map(devices, DEVICES);
  }

  /** Whether a load or store of EL0 finds something at an address, unless that is closed. */
  public boolean isOpen(long address) {
    return mapped.stream().anyMatch(range -> range.contains(address));
  }

  /** Lets the MMU decide where nothing is: 2.0 looks for memory first, and fails without a pc. */
  public void mapHoles(LibUnicorn library, long engine, MemorySegment never) {
    for (AddressRange hole : holes()) {
      library.mapDevice(engine, hole.start(), hole.length(), never, never);
    }
    library.mapDevice(engine, lastHole(), -lastHole(), never, never);
  }

  /** All addresses that are neither RAM, devices nor the tables. */
  private List<AddressRange> holes() {
    List<AddressRange> things = new ArrayList<>(mapped);
    things.add(new AddressRange(HOME, memory.byteSize()));
    things.sort(Comparator.comparingLong(AddressRange::start));
    List<AddressRange> holes = new ArrayList<>();
    long start = 0;
    for (AddressRange thing : things) {
      if (thing.start() != start) {
        holes.add(new AddressRange(start, thing.start() - start));
      }
      start = thing.end();
    }
    return holes;
  }

  /** The hole behind all that {@link #holes} has: the rest of the 64-bit addresses. */
  private long lastHole() {
    return HOME + memory.byteSize();
  }

  /** What is to be mapped at {@link #HOME}. */
  public MemorySegment memory() {
    return memory;
  }

  /** Physical address of the level 1 table, for TTBR0_EL1. */
  long root() {
    return HOME + LEVEL_1;
  }

  /** What EL0 may do with a page of RAM, beside loading from it. */
  public enum Use {
    WRITE(EL0_EXECUTE_NEVER),
    READ(READ_ONLY | EL0_EXECUTE_NEVER),
    EXECUTE(READ_ONLY),
    WRITE_AND_EXECUTE(0);

    private final long bits;

    Use(long bits) {
      this.bits = bits;
    }
  }

  /**
   * Sets what the page of an address in RAM is for; at first all are for {@link Use#WRITE}. The
   * engine may still know what it was for before.
   */
  public void use(long address, Use use) {
    long level3 = pageTable(address);
    long page = address >>> PAGE_SHIFT & (ENTRIES - 1);
    long others = entry(level3, page) & ~(EL0_EXECUTE_NEVER | READ_ONLY);
    setEntry(level3, page, others | use.bits | OPEN_TO_EL0);
  }

  /** Closes pages of RAM: EL0 fails at them. The engine may still know that they were open. */
  public void close(AddressRange pages) {
    for (long at = pages.start(); at < pages.end(); ) {
      boolean isBlock = at % BLOCK_BYTES == 0 && pages.end() - at >= BLOCK_BYTES;
      long level2 = table(LEVEL_1, at >>> GIB_SHIFT);
      long block = at >>> BLOCK_SHIFT & (ENTRIES - 1);
      if (isBlock && isBlock(entry(level2, block))) {
        setEntry(level2, block, entry(level2, block) & ~OPEN_TO_EL0);
        at += BLOCK_BYTES;
      } else {
        long level3 = pageTable(at);
        long page = at >>> PAGE_SHIFT & (ENTRIES - 1);
        setEntry(level3, page, entry(level3, page) & ~OPEN_TO_EL0);
        at += PAGE_BYTES;
      }
    }
  }

  /** Opens pages of RAM again, for what they were for. */
  public void open(AddressRange pages) {
    for (long at = pages.start() & -PAGE_BYTES; at < pages.end(); at += PAGE_BYTES) {
      long level3 = pageTable(at);
      long page = at >>> PAGE_SHIFT & (ENTRIES - 1);
      long before = entry(level3, page);
      long closed = isForLoads(before) ? READ_ONLY : 0;
      setEntry(level3, page, (before & ~closed) | OPEN_TO_EL0);
    }
  }

  private static boolean isForLoads(long entry) {
    return (entry & Use.READ.bits) == Use.READ.bits;
  }

  /** Whether an address lies in RAM that is closed to an access. */
  public boolean isClosed(long address, Access direction) {
    if (!isOpen(address)) {
      return false;
    }
    long level2 = table(LEVEL_1, address >>> GIB_SHIFT);
    long entry = entry(level2, address >>> BLOCK_SHIFT & (ENTRIES - 1));
    if (!isBlock(entry)) {
      entry = entry((entry & OUTPUT_ADDRESS) - HOME, address >>> PAGE_SHIFT & (ENTRIES - 1));
    }
    return (entry & OPEN_TO_EL0) == 0 || (direction == Access.WRITE && isForLoads(entry));
  }

  private static boolean isBlock(long entry) {
    return (entry & VALID_TABLE_OR_PAGE) == VALID_BLOCK;
  }

  private long pageTable(long address) {
    long level2 = table(LEVEL_1, address >>> GIB_SHIFT);
    long block = address >>> BLOCK_SHIFT & (ENTRIES - 1);
    if (isBlock(entry(level2, block))) {
      split(level2, block);
    }
    return table(level2, block);
  }

  private void map(AddressRange range, long attributes) {
    long start = range.start();
    long end = range.end();
    boolean isWhole = start % BLOCK_BYTES == 0 && range.length() % BLOCK_BYTES == 0;
    if (!isWhole || start < 0 || end > HIGHEST_ADDRESS) {
      throw new IllegalArgumentException(
          "not whole blocks of 2 MiB below 4 GiB: 0x%x bytes at 0x%x"
              .formatted(range.length(), start));
    }
    mapped.add(range);
    for (long at = start; at < end; at = nextTableBoundary(at)) {
      long blocks = (Math.min(end, nextTableBoundary(at)) - at) >>> BLOCK_SHIFT;
      long first = at >>> BLOCK_SHIFT & (ENTRIES - 1);
      long[] entries = new long[(int) blocks];
      for (int block = 0; block < entries.length; block++) {
        entries[block] = (at + block * BLOCK_BYTES) | attributes | VALID_BLOCK;
      }
      setEntries(table(LEVEL_1, at >>> GIB_SHIFT), first, entries);
    }
  }

  private static long nextTableBoundary(long address) {
    return ((address >>> GIB_SHIFT) + 1) << GIB_SHIFT;
  }

  private void split(long level2, long block) {
    long whole = entry(level2, block) & ~VALID_TABLE_OR_PAGE;
    setEntry(level2, block, 0);
    long level3 = table(level2, block);
    long[] pages = new long[ENTRIES];
    for (int page = 0; page < ENTRIES; page++) {
      pages[page] = (whole + page * PAGE_BYTES) | VALID_TABLE_OR_PAGE;
    }
    setEntries(level3, 0, pages);
  }

  /** The table behind an entry; makes it when there is none. */
  private long table(long parent, long index) {
    long present = entry(parent, index);
    if (present != 0) {
      return (present & OUTPUT_ADDRESS) - HOME;
    }
    long made = nextTable;
    nextTable += PAGE_BYTES;
    setEntry(parent, index, (HOME + made) | VALID_TABLE_OR_PAGE);
    return made;
  }

  private long entry(long table, long index) {
    return memory.get(JAVA_LONG, table + index * Long.BYTES);
  }

  /** Copies entries as a block, which is what keeps the start of a machine short. */
  private void setEntries(long table, long first, long[] entries) {
    long at = table + first * Long.BYTES;
    MemorySegment.copy(entries, 0, memory, JAVA_LONG, at, entries.length);
  }

  private void setEntry(long table, long index, long descriptor) {
    memory.set(JAVA_LONG, table + index * Long.BYTES, descriptor);
  }
}
