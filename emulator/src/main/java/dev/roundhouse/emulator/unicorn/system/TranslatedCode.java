package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which words of RAM the engine has translated, and what they were then. The engine drops a
 * translation only for the first store to its page (qemu/accel/tcg/cputlb.c, notdirty_write,
 * 2.1.1): so what it has kept is compared with memory where the architecture lets code change.
 */
final class TranslatedCode {
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_BYTES = 1 << PAGE_SHIFT;
  private static final int PAGE_WORDS = PAGE_BYTES / Opcode.BYTES;

  private final GuestWindow ram;
  private final Arena lifetime;
  private final List<MemorySegment> spare = new ArrayList<>();
  private final Map<Long, Page> pages = new LinkedHashMap<>();
  private @Nullable Page latest;

  /** A page of which something is translated. */
  private static final class Page {
    private final long number;
    private final MemorySegment words;
    private final BitSet translated = new BitSet(PAGE_WORDS);
    private boolean isMixed;

    Page(long number, MemorySegment words) {
      this.number = number;
      this.words = words;
    }

    long address() {
      return number << PAGE_SHIFT;
    }
  }

  /** What is new when a word is translated. */
  enum News {
    NONE,
    /** Nothing of its page was translated before. */
    PAGE,
    /** It was translated before, when it was another. */
    OTHER_WORD
  }

  /** Drops all translations of the page at a physical address. */
  interface Dropping {
    void drop(long page, int bytes);
  }

  /** What is noted lies in memory of the host, for {@link VirtualPages}. */
  TranslatedCode(GuestWindow ram, Arena lifetime) {
    this.ram = ram;
    this.lifetime = lifetime;
  }

  /**
   * Notes that a word is translated, as it is now; one outside of RAM never changes.
   *
   * @return what is new in that
   */
  News note(long physical) {
    if (!ram.contains(physical)) {
      return News.NONE;
    }
    long number = physical >>> PAGE_SHIFT;
    Page page = latest;
    boolean isNew = false;
    if (page == null || page.number != number) {
      page = pages.get(number);
      if (page == null) {
        page = new Page(number, newWords());
        pages.put(number, page);
        isNew = true;
      }
      latest = page;
    }
    int word = (int) (physical & (PAGE_BYTES - 1)) / Opcode.BYTES;
    int now = ram.instruction(physical);
    long at = (long) word * Opcode.BYTES;
    boolean isOther = page.translated.get(word) && page.words.get(JAVA_INT_UNALIGNED, at) != now;
    page.isMixed |= isOther;
    page.words.set(JAVA_INT_UNALIGNED, at, now);
    page.translated.set(word);
    return isNew ? News.PAGE : isOther ? News.OTHER_WORD : News.NONE;
  }

  private MemorySegment newWords() {
    return spare.isEmpty()
        ? lifetime.allocate(PAGE_BYTES, Long.BYTES)
        : spare.removeLast().fill((byte) 0);
  }

  /** The address of a page's words as they were translated, or 0 when none was. */
  long wordsOf(long physical) {
    Page page = pages.get(physical >>> PAGE_SHIFT);
    return page == null ? 0 : page.words.address();
  }

  /** Whether something of the page at a physical address is translated. */
  boolean isIn(long physical) {
    return pages.containsKey(physical >>> PAGE_SHIFT);
  }

  /**
   * Drops the page of a range that lies in it if a translated word of the range has changed.
   *
   * @return whether it has
   */
  boolean dropIfChanged(long physical, int bytes, Dropping dropping) {
    Page page = pages.get(physical >>> PAGE_SHIFT);
    int first = (int) (physical & (PAGE_BYTES - 1)) / Opcode.BYTES;
    if (page == null || !hasChanged(page, first, first + bytes / Opcode.BYTES)) {
      return false;
    }
    forget(page, dropping);
    pages.remove(page.number);
    return true;
  }

  /**
   * Drops all pages of which a translated word has changed.
   *
   * @return whether there was one
   */
  boolean dropAllChanged(Dropping dropping) {
    int before = pages.size();
    pages
        .values()
        .removeIf(page -> {
          boolean isToGo = hasChanged(page, 0, PAGE_WORDS);
          if (isToGo) {
            forget(page, dropping);
          }
          return isToGo;
        });
    return pages.size() != before;
  }

  private void forget(Page page, Dropping dropping) {
    latest = null;
    spare.add(page.words);
    dropping.drop(page.address(), PAGE_BYTES);
  }

  /** Data beside code changes as it likes: its new value is noted, which keeps the look short. */
  private boolean hasChanged(Page page, int firstWord, int endWord) {
    if (page.isMixed) {
      return true;
    }
    MemorySegment now = ram.memory().asSlice(page.address() - ram.address(), PAGE_BYTES);
    long at = (long) firstWord * Opcode.BYTES;
    long end = (long) endWord * Opcode.BYTES;
    while (true) {
      long same = MemorySegment.mismatch(page.words, at, end, now, at, end);
      if (same < 0) {
        return false;
      }
      int word = (int) ((at + same) / Opcode.BYTES);
      if (page.translated.get(word)) {
        return true;
      }
      at = (long) word * Opcode.BYTES;
      page.words.set(JAVA_INT_UNALIGNED, at, now.get(JAVA_INT_UNALIGNED, at));
      at += Opcode.BYTES;
    }
  }
}
