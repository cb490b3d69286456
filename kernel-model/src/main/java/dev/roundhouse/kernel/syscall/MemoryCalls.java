package dev.roundhouse.kernel.syscall;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.memory.PageAllocator;
import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;

/** mmap (kernel/src/syscall_handler.c, k_mmap_handler, 9d49562). */
public final class MemoryCalls {
  private static final Outcome DONE = new Outcome.Return(0);
  private static final long NULL = 0;

  private final PageAllocator pages;
  private final Pointers pointers;
  private final List<AddressRange> given = new ArrayList<>();

  /** The call for pages of {@code pages}. */
  public MemoryCalls(PageAllocator pages, Pointers pointers) {
    this.pages = pages;
    this.pointers = pointers;
  }

  /** Stores the address of a page of at least the size, or NULL if none is left; always gives 0. */
  public Outcome map(Task caller, Syscall.MapMemory call) {
    UserBuffer target = new UserBuffer(call.targetAddress(), Long.BYTES);
    if (!pointers.areGood(target)) {
      return pointers.refuse(caller, "target", target);
    }
    long page = pages.allocateBytes(call.bytes()).orElse(NULL);
    if (page != NULL) {
      given.add(new AddressRange(page, Math.max(call.bytes(), 1)));
    }
    pointers.memory().memory().putLong(target.address(), page);
    return DONE;
  }

  /** Whether a task was given this memory. */
  public boolean hasGiven(long address) {
    return given.stream().anyMatch(range -> range.contains(address));
  }
}
