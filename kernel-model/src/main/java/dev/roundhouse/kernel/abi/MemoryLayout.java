package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.bus.AddressRange;

/**
 * Where things are in memory.
 *
 * @param userStart the first address that tasks can reach; everything below is the kernel's own
 *     (kernel/include/mmu.h, DATA_BASE)
 * @param pool what the page allocator hands out (kernel/src/bootstrap.c, FREE_START and FREE_END)
 * @param pageShift a page of level 0 has two to this power bytes (kernel/include/pgmgr.h, PG_SFT)
 * @param highestLevel a page of level n has two to the power of n level-0 pages (PGMGR_MAXLVL)
 * @param exitStub address of the {@code svc} instruction to which a program returns from its entry
 *     point: stands for the end of the loader, which exits for the program (loader/src/loader.c,
 *     load_elf). The real address lies in the kernel's code.
 * @param loaderFrameBytes how far below its arguments a program's stack starts: the loader's frames
 * @param callFrameBytes what the kernel keeps below a task's stack pointer on a system call: x19 to
 *     x30 (kernel/include/context_macro.S, reg_store)
 * @param interruptFrameBytes the same on an interrupt: x1 to x30
 */
public record MemoryLayout(
    long userStart,
    AddressRange pool,
    int pageShift,
    int highestLevel,
    long exitStub,
    long loaderFrameBytes,
    long callFrameBytes,
    long interruptFrameBytes) {
  /** Bytes of a page of level 0, which is also a task's stack. */
  public long pageBytes() {
    return 1L << pageShift;
  }
}
