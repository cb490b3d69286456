package dev.roundhouse.kernel.memory;

/**
 * The pages that hold task descriptors: one page for each full set of live tasks, taken when needed
 * and never given back (lib/libslab/slab.c, slab_alloc and slab_free, 9d49562). The pages matter,
 * because they move the addresses of everything else; and whether a descriptor was a task's before,
 * because the kernel does not clear it.
 */
public final class DescriptorSlab {
  private final PageAllocator pages;
  private final int perPage;
  private int live;
  private int capacity;

  /** Descriptors that a task has had and that were given back; these are taken first. */
  private int leftOver;

  /**
   * A slab without pages.
   *
   * @param perPage descriptors in one page
   */
  public DescriptorSlab(PageAllocator pages, int perPage) {
    this.pages = pages;
    this.perPage = perPage;
  }

  /** Takes a descriptor; false when that needs a page and none is left. */
  public boolean allocate() {
    if (live == capacity) {
      if (pages.allocate(0).isEmpty()) {
        return false;
      }
      capacity += perPage;
    }
    live++;
    leftOver = Math.max(0, leftOver - 1);
    return true;
  }

  /** Whether the next descriptor has never been a task's. */
  public boolean nextIsFresh() {
    return leftOver == 0;
  }

  /** Gives back a descriptor. */
  public void free() {
    live--;
    leftOver++;
  }
}
