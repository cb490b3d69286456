package dev.roundhouse.emulator.unicorn.user;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.PageAccess;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.MemoryAccess;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.binding.TranslationTables;
import dev.roundhouse.emulator.unicorn.binding.TranslationTables.Use;
import dev.roundhouse.kernel.report.Fault.Access;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages that code is executed from. What stands in them is what runs, whoever writes it: EL0
 * cannot maintain the instruction cache (SCTLR_EL1.UCI is 0, kernel/src/boot.S, 9d49562), and on
 * the chip new code runs once the caches have forgotten the old.
 *
 * <p>A page is for executing or for writing; the first access of the other kind fails, is seen,
 * turns the page over, and is tried again. A page that is turned too often, or whose own code
 * writes to it, becomes both, and each block there is compared with what it was.
 */
final class CodePages implements PageAccess {
  private static final int PAGE_SHIFT = BlockCounter.PAGE_SHIFT;
  private static final int PAGE_BYTES = 1 << PAGE_SHIFT;
  private static final int PAGE_WORDS = PAGE_BYTES / Opcode.BYTES;
  private static final int MOST_TURNS = 16;

  private final GuestWindow ram;
  private final TranslationTables tables;
  private final BlockCounter counter;
  private final Translations translations;
  private final BitSet executable = new BitSet();
  private final Map<Long, Integer> turns = new TreeMap<>();
  private final Map<Long, Words> both = new TreeMap<>();

  /** Whether the engine has looked at any page. */
  private boolean hasRun;

  /** What the engine has of a page. */
  interface Translations {
    /** Drops the translations of the code of a page that may be executed. */
    void drop(long page, long bytes);

    /** Lets the engine look at the tables anew for a page. */
    void lookAgain(long page);
  }

  /** The words of a page that have run, as they were then. */
  private static final class Words {
    private final MemorySegment words = MemorySegment.ofArray(new int[PAGE_WORDS]);
    private final BitSet known = new BitSet(PAGE_WORDS);
  }

  CodePages(
      GuestWindow ram, TranslationTables tables, BlockCounter counter, Translations translations) {
    this.ram = ram;
    this.tables = tables;
    this.counter = counter;
    this.translations = translations;
  }

  /** Lets code run from the page of an address; whether that made a difference. */
  boolean allowExecution(long pc) {
    long page = pc >>> PAGE_SHIFT;
    if (!ram.contains(pc) || executable.get((int) page)) {
      return false;
    }
    hasRun = true;
    executable.set((int) page);
    use(page, Use.EXECUTE);
    return true;
  }

  /**
   * Lets a store that failed be tried again, if it failed because its page is for executing.
   *
   * @param access of the instruction at {@code pc}
   * @return whether it is to be tried again
   */
  boolean allowWriting(long pc, MemoryAccess access) {
    if (access.direction() != Access.WRITE) {
      return false;
    }
    long first = access.address() >>> PAGE_SHIFT;
    long last = (access.address() + access.bytes() - 1) >>> PAGE_SHIFT;
    boolean isOpened = open(first, pc);
    isOpened |= open(last, pc);
    return isOpened;
  }

  private boolean open(long page, long pc) {
    if (!isExecutable(page) || both.containsKey(page)) {
      return false;
    }
    boolean isOften = turns.merge(page, 1, Integer::sum) > MOST_TURNS;
    drop(page);
    if (isOften || pc >>> PAGE_SHIFT == page) {
      both.put(page, new Words());
      counter.callAtEachBlock();
      use(page, Use.WRITE_AND_EXECUTE);
    } else {
      executable.clear((int) page);
      use(page, Use.WRITE);
    }
    return true;
  }

  private boolean isExecutable(long page) {
    return ram.contains(page << PAGE_SHIFT) && executable.get((int) page);
  }

  /** Lets an instruction be translated anew when it runs next. */
  void dropCode(long pc) {
    if (isExecutable(pc >>> PAGE_SHIFT)) {
      translations.drop(pc, Opcode.BYTES);
    }
  }

  private void drop(long page) {
    translations.drop(page << PAGE_SHIFT, PAGE_BYTES);
  }

  /** One with code that has run is open to loads, and to no stores. */
  @Override
  public void openToLoads(long address) {
    long page = address >>> PAGE_SHIFT;
    if (executable.get((int) page)) {
      tables.open(new AddressRange(page << PAGE_SHIFT, PAGE_BYTES));
    } else {
      use(page, Use.READ);
    }
  }

  /** Makes pages of code for executing before they are executed. */
  @Override
  public void guardCode(AddressRange pages) {
    for (long at = pages.start(); at < pages.end(); at += PAGE_BYTES) {
      boolean _ = allowExecution(at);
    }
  }

  @Override
  public void open(AddressRange range) {
    tables.open(range);
  }

  @Override
  public void close(AddressRange range) {
    tables.close(range);
    for (long at = range.start(); at < range.end() && hasRun; at += PAGE_BYTES) {
      translations.lookAgain(at);
    }
  }

  private void use(long page, Use use) {
    tables.use(page << PAGE_SHIFT, use);
    translations.lookAgain(page << PAGE_SHIFT);
  }

  /** Whether a block that is about to run was translated when it was another: it no longer is. */
  boolean isStale(long block, int instructions) {
    boolean isStale = false;
    for (int n = 0; n < instructions && !both.isEmpty(); n++) {
      long at = block + (long) n * Opcode.BYTES;
      Words words = both.get(at >>> PAGE_SHIFT);
      isStale |= words != null && hasChanged(words, at);
    }
    if (isStale) {
      both.forEach((page, words) -> {
        drop(page);
        words.known.clear();
      });
    }
    return isStale;
  }

  private boolean hasChanged(Words words, long address) {
    long offset = address & (PAGE_BYTES - 1);
    int word = (int) offset / Opcode.BYTES;
    int now = ram.instruction(address);
    boolean isOther = words.known.get(word) && words.words.get(JAVA_INT_UNALIGNED, offset) != now;
    words.known.set(word);
    words.words.set(JAVA_INT_UNALIGNED, offset, now);
    return isOther;
  }

  /** Forgets code that was executed and has been written by somebody else than EL0. */
  void forget(long start, long end) {
    int last = (int) ((end - 1) >>> PAGE_SHIFT);
    int page = executable.nextSetBit((int) (start >>> PAGE_SHIFT));
    while (page >= 0 && page <= last) {
      drop(page);
      executable.clear(page);
      turns.remove((long) page);
      both.remove((long) page);
      use(page, Use.WRITE);
      page = executable.nextSetBit(page + 1);
    }
    if (both.isEmpty()) {
      counter.callWhenSpentOnly();
    }
  }
}
