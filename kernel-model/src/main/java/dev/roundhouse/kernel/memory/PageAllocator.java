package dev.roundhouse.kernel.memory;

import dev.roundhouse.kernel.abi.MemoryLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * The kernel's buddy allocator. Programs see its addresses, so it hands out the same ones
 * (kernel/src/pgmgr.c, pg_init, pg_alloc_page and pg_free_page, 9d49562):
 *
 * <ul>
 *   <li>an allocation takes the head of the smallest level that has a block; splitting keeps the
 *       lower half and appends the upper one to the tail of its level;
 *   <li>a freed page goes to the tail of its level, after it was merged with buddies that have
 *       never been used. The mark "used" is never taken away, so most freed pages stay what they
 *       were.
 * </ul>
 *
 * The first page holds the allocator's own tables.
 */
public final class PageAllocator {
  private static final int NONE = -1;

  private final MemoryLayout layout;
  private final int pages;

  /** Page number, counted from address 0, of the first page of the pool: decides who is a buddy. */
  private final long firstPage;

  private final BitSet used = new BitSet();
  private final byte[] levelOf;
  private final byte[] listOf;
  private final int[] next;
  private final int[] previous;
  private final int[] head;
  private final int[] tail;

  /** An allocator over the pool of {@code layout}, whose first page is taken. */
  public PageAllocator(MemoryLayout layout) {
    this.layout = layout;
    this.pages = (int) (layout.pool().length() >>> layout.pageShift());
    this.firstPage = layout.pool().start() >>> layout.pageShift();
    this.levelOf = new byte[pages];
    this.listOf = filled(pages);
    this.next = new int[pages];
    this.previous = new int[pages];
    this.head = new int[layout.highestLevel() + 1];
    this.tail = new int[layout.highestLevel() + 1];
    Arrays.fill(head, NONE);
    Arrays.fill(tail, NONE);
    used.set(0);
    addFreeRange(1);
  }

  /**
   * Takes a page that holds {@code bytes} rounded up to a power of two, at least a level-0 page.
   *
   * <p>The rounding is the kernel's (lib/include/macro.h, NEXT_POW2): 0 becomes 1, and so does a
   * size beyond two to the power of 63, which wraps.
   *
   * @param bytes unsigned
   * @return its address, aligned to its size; nothing when no level has a block
   */
  public OptionalLong allocateBytes(long bytes) {
    long rounded = nextPowerOfTwo(bytes);
    int shift = Long.numberOfTrailingZeros(rounded);
    return allocate(Math.max(0, shift - layout.pageShift()));
  }

  /** Takes a page of {@code level}; nothing when neither it nor a higher level has a block. */
  public OptionalLong allocate(int level) {
    int found = level;
    while (found <= layout.highestLevel() && head[found] == NONE) {
      found++;
    }
    if (found > layout.highestLevel()) {
      return OptionalLong.empty();
    }
    int page = head[found];
    unlink(page);
    while (found > level) {
      found--;
      append(page + (1 << found), found);
    }
    used.set(page);
    levelOf[page] = (byte) level;
    return OptionalLong.of(addressOf(page));
  }

  /**
   * Gives back a page.
   *
   * @param address as {@link #allocate} gave it
   */
  public void free(long address) {
    int page = (int) ((address - layout.pool().start()) >>> layout.pageShift());
    int level = levelOf[page];
    while (level < layout.highestLevel()) {
      long buddy = ((firstPage + page) ^ (1L << level)) - firstPage;
      if (!isFreeBlock(buddy, level)) {
        break;
      }
      unlink((int) buddy);
      page = Math.min(page, (int) buddy);
      level++;
    }
    append(page, level);
  }

  /** The free blocks of {@code level} in the order in which they will be taken, by address. */
  long[] freeBlocks(int level) {
    long[] blocks = new long[pages];
    int count = 0;
    for (int page = head[level]; page != NONE; page = next[page]) {
      blocks[count++] = addressOf(page);
    }
    return Arrays.copyOf(blocks, count);
  }

  private boolean isFreeBlock(long page, int level) {
    return page >= 0 && page < pages && !used.get((int) page) && listOf[(int) page] == level;
  }

  /** Cuts the pages from {@code first} on into blocks, as pg_init_free_lists_add_range does. */
  private void addFreeRange(int first) {
    int page = first;
    while (page < pages) {
      int level = alignmentLevel(page);
      while (page + (1 << level) > pages) {
        level--;
      }
      append(page, level);
      page += 1 << level;
    }
  }

  private int alignmentLevel(int page) {
    return Math.min(Long.numberOfTrailingZeros(firstPage + page), layout.highestLevel());
  }

  private void append(int page, int level) {
    next[page] = NONE;
    previous[page] = tail[level];
    if (tail[level] == NONE) {
      head[level] = page;
    } else {
      next[tail[level]] = page;
    }
    tail[level] = page;
    listOf[page] = (byte) level;
  }

  private void unlink(int page) {
    int level = listOf[page];
    if (previous[page] == NONE) {
      head[level] = next[page];
    } else {
      next[previous[page]] = next[page];
    }
    if (next[page] == NONE) {
      tail[level] = previous[page];
    } else {
      previous[next[page]] = previous[page];
    }
    listOf[page] = NONE;
  }

  private long addressOf(int page) {
    return (firstPage + page) << layout.pageShift();
  }

  private static long nextPowerOfTwo(long bytes) {
    long rounded = (-1L >>> Long.numberOfLeadingZeros(bytes - 1)) + 1;
    return rounded == 0 ? 1 : rounded;
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) NONE);
    return bytes;
  }
}
