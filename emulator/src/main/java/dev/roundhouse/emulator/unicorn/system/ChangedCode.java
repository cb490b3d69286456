package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.Opcode;

/**
 * Makes code that was overwritten run as it is now, where the architecture says that it does: after
 * maintenance of the instruction cache, and without any while that cache is off (SCTLR_ELx.I; Arm
 * Architecture Reference Manual for A-profile, B2.7.4 and D8.2.11).
 */
final class ChangedCode implements CacheMaintenanceHook.Maintenance {
  /** Bytes of a line, as CTR_EL0.IminLine of a Cortex-A72 says. */
  private static final int LINE_BYTES = 64;

  private static final int PAGE_BYTES = 1 << VirtualPages.PAGE_SHIFT;

  private final TranslatedCode translated;
  private final VirtualPages pages;
  private final CodeWatch.Code code;
  private final BlockCounter counter;
  private boolean hasDropped;
  private boolean isMixed;
  private boolean isComparing;

  ChangedCode(
      TranslatedCode translated, VirtualPages pages, CodeWatch.Code code, BlockCounter counter) {
    this.translated = translated;
    this.pages = pages;
    this.code = code;
    this.counter = counter;
  }

  /** Notes that the instruction at a physical address is translated. */
  void note(long physical) {
    TranslatedCode.News news = translated.note(physical);
    if (news == TranslatedCode.News.PAGE) {
      pages.mayHaveChanged();
    } else if (news == TranslatedCode.News.OTHER_WORD) {
      isMixed = true;
      counter.cutShort();
    }
  }

  /** The instruction cache is off: changes need no maintenance. */
  void cacheIsOff() {
    if (!isComparing) {
      isComparing = true;
      counter.compareBlocks(pages.address());
    }
  }

  /** The instruction cache is on. */
  void cacheIsOn() {
    if (isComparing) {
      isComparing = false;
      counter.compareBlocks(0);
    }
  }

  /** Whether {@link #dropIfChanged} is to be asked before each block that is not known. */
  boolean isComparing() {
    return isComparing;
  }

  @Override
  public void line(long virtual) {
    long physical = pages.physical(virtual) & -LINE_BYTES;
    if (physical < 0) {
      return;
    }
    if (translated.isIn(physical)) {
      drops(translated.dropIfChanged(physical, LINE_BYTES, code::forget));
    } else {
      pages.holdsNoCode(virtual);
    }
  }

  @Override
  public void everything() {
    isMixed = false;
    drops(translated.dropAllChanged(code::forget));
  }

  /**
   * Looks at a block that is about to run while changes need no maintenance, and lets the block
   * hook know what it has.
   *
   * @return whether it must be found again
   */
  boolean dropIfChanged(long block, int instructions) {
    boolean isChanged = false;
    long end = block + (long) instructions * Opcode.BYTES;
    for (long at = block; at < end; at = (at | (PAGE_BYTES - 1)) + 1) {
      long pageEnd = (at | (PAGE_BYTES - 1)) + 1;
      int bytes = (int) (Math.min(end, pageEnd) - at);
      long physical = pages.physical(at);
      isChanged |= physical >= 0 && translated.dropIfChanged(physical, bytes, code::forget);
    }
    if (isChanged) {
      pages.mayHaveChanged();
    }
    return isChanged;
  }

  private void drops(boolean isDropped) {
    if (isDropped) {
      pages.mayHaveChanged();
      hasDropped = true;
      counter.cutShort();
    }
  }

  /**
   * Whether the block that is about to run must be found again: the one before it may have been
   * dropped while it ran, and leads to blocks that were dropped with it.
   */
  boolean takeDropped() {
    if (isMixed && isComparing) {
      everything();
    }
    boolean was = hasDropped;
    hasDropped = false;
    return was;
  }
}
