package dev.roundhouse.kernel.memory;

/**
 * The pages that hold task descriptors: one page for each full set of live tasks, taken when needed
 * and never given back (lib/libslab/slab.c, slab_alloc and slab_free, 9d49562). Only the pages
 * matter here, because they move the addresses of everything else.
 */
public final class DescriptorSlab {
  private final PageAllocator pages;
  private final int perPage;
  private int live;
  private int capacity;

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
    return true;
  }

  /** Gives back a descriptor. */
  public void free() {
    live--;
  }
}
