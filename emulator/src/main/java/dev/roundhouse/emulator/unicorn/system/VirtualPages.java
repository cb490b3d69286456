package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.emulator.unicorn.core.TranslationWalk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Where the pages of virtual addresses are, and what was translated of them, remembered until the
 * tables may have changed. Machine code that is called for each system instruction and each block
 * works on the same memory ({@link CacheMaintenanceHook}, {@link SystemRegisterHook}, {@link
 * dev.roundhouse.emulator.unicorn.binding.BlockHookCode}):
 *
 * <pre>
 *   offset 0   address of the function to call for cache maintenance
 *   offset 8   the latest page below EL2 that was found to hold no code, by its number; -1 for none
 *   offset 16  address of the core's PSTATE
 *   offset 24  not 0: a control register or a translation was changed
 *   offset 32  256 times 32 bytes, for the pages whose numbers end so:
 *              the page's number, with bit 61 as EL2 sees it; -1 for none
 *              address of the words as they were translated, 0 when none was
 *              address of the words as they are, 0 outside of RAM
 *              the physical address
 * </pre>
 */
final class VirtualPages {
  static final int PAGE_SHIFT = 12;

  private static final long FUNCTION = 0;
  private static final long WITHOUT_CODE = 8;
  private static final long PSTATE = 16;
  private static final long HAS_CHANGED = 24;
  private static final long PAGES = 32;
  private static final int KEPT = 256;
  private static final int ENTRY_SHIFT = 5;
  private static final long TRANSLATED = 8;
  private static final long PRESENT = 16;
  private static final long PHYSICAL = 24;
  private static final long NONE = -1;

  private static final long AT_HYPERVISOR = 8;
  private static final int LEVEL_SHIFT = 58;
  private static final long OFFSET_MASK = (1L << PAGE_SHIFT) - 1;

  private final SystemWindow window;
  private final GuestWindow ram;
  private final TranslatedCode translated;
  private final Walk walk;
  private final MemorySegment state;

  /** Translates a virtual address at the present level. */
  interface Walk {
    /** The physical address, or {@link TranslationWalk#NOTHING}. */
    long physical(long virtual);
  }

  VirtualPages(
      SystemWindow window, GuestWindow ram, TranslatedCode translated, Walk walk, Arena lifetime) {
    this.window = window;
    this.ram = ram;
    this.translated = translated;
    this.walk = walk;
    state = lifetime.allocate(PAGES + ((long) KEPT << ENTRY_SHIFT), JAVA_LONG.byteAlignment());
    state.set(JAVA_LONG, PSTATE, window.modeAddress());
    forget();
  }

  /** The state's address, for machine code. */
  long address() {
    return state.address();
  }

  /** Tells the machine code what to call for cache maintenance. */
  void callForMaintenance(MemorySegment function) {
    state.set(JAVA_LONG, FUNCTION, function.address());
  }

  /** Tables, what decides about them, or what was translated may have changed. */
  void mayHaveChanged() {
    state.set(JAVA_LONG, HAS_CHANGED, 1);
    state.set(JAVA_LONG, WITHOUT_CODE, NONE);
  }

  /** Lets cache maintenance of a virtual page go by while nothing changes. */
  void holdsNoCode(long virtual) {
    if ((window.mode() & AT_HYPERVISOR) == 0) {
      state.set(JAVA_LONG, WITHOUT_CODE, virtual >>> PAGE_SHIFT);
    }
  }

  /** The physical address behind a virtual one, or {@link TranslationWalk#NOTHING}. */
  long physical(long virtual) {
    if (state.get(JAVA_LONG, HAS_CHANGED) != 0) {
      forget();
    }
    long page = virtual >>> PAGE_SHIFT;
    long key = page | (window.mode() & AT_HYPERVISOR) << LEVEL_SHIFT;
    long entry = PAGES + ((page & (KEPT - 1)) << ENTRY_SHIFT);
    if (state.get(JAVA_LONG, entry) != key) {
      long found = walk.physical(virtual);
      if (found == TranslationWalk.NOTHING) {
        return found;
      }
      remember(entry, key, found & ~OFFSET_MASK);
    }
    return state.get(JAVA_LONG, entry + PHYSICAL) | (virtual & OFFSET_MASK);
  }

  private void remember(long entry, long key, long physical) {
    state.set(JAVA_LONG, entry, key);
    state.set(JAVA_LONG, entry + TRANSLATED, translated.wordsOf(physical));
    state.set(
        JAVA_LONG,
        entry + PRESENT,
        ram.contains(physical) ? ram.memory().address() + physical - ram.address() : 0);
    state.set(JAVA_LONG, entry + PHYSICAL, physical);
  }

  private void forget() {
    for (int page = 0; page < KEPT; page++) {
      state.set(JAVA_LONG, PAGES + ((long) page << ENTRY_SHIFT), NONE);
    }
    state.set(JAVA_LONG, HAS_CHANGED, 0);
  }
}
