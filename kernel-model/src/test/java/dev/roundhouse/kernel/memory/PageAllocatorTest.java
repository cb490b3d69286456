package dev.roundhouse.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageAllocatorTest {
  private static final long MIB = 1 << 20;

  /** As after the real kernel's start: the second page is the slab manager's. */
  private static PageAllocator started() {
    PageAllocator pages = new PageAllocator(AbiProfile.trainsOs().memory());
    assertThat(take(pages, 1)).isEqualTo(1025);
    return pages;
  }

  /** Takes a page of so many MiB and gives its address in MiB. */
  private static long take(PageAllocator pages, long mib) {
    return pages.allocateBytes(mib * MIB).orElseThrow() / MIB;
  }

  private static long[] free(PageAllocator pages, int level) {
    return Arrays.stream(pages.freeBlocks(level)).map(address -> address / MIB).toArray();
  }

  @Test
  void atStartThePoolIsCutAsOnTheRealKernel() {
    PageAllocator pages = started();
    long[][] expected = {
      {}, {1026}, {1028}, {1032}, {1040}, {1056, 1984}, {1088, 1920}, {1152, 1792}, {1280, 1536}, {}
    };
    for (int level = 0; level < expected.length; level++) {
      assertThat(free(pages, level)).as("level %d", level).containsExactly(expected[level]);
    }
  }

  @Test
  void allocationTakesTheLowerHalfAndKeepsTheUpperOne() {
    PageAllocator pages = started();
    assertThat(LongStream.range(0, 6).map(page -> take(pages, 1)).toArray())
        .containsExactly(1026, 1027, 1028, 1029, 1030, 1031);
    assertThat(take(pages, 2)).isEqualTo(1032);
    assertThat(free(pages, 1)).containsExactly(1034);
    assertThat(free(pages, 2)).containsExactly(1036);
  }

  @Test
  void pagesAreAlignedToTheirSize() {
    PageAllocator pages = started();
    for (long size = 1; size <= 256; size *= 2) {
      assertThat(take(pages, size) % size).isZero();
    }
  }

  @Test
  void sizesAreRoundedUpToAPowerOfTwoAndToOnePage() {
    for (long bytes : new long[] {0, 1, 4096, MIB - 1, MIB}) {
      assertThat(started().allocateBytes(bytes)).hasValue(1026 * MIB);
    }
    PageAllocator pages = started();
    assertThat(pages.allocateBytes(MIB + 1)).hasValue(1026 * MIB);
    assertThat(pages.allocateBytes(3 * MIB)).hasValue(1028 * MIB);
    assertThat(pages.allocateBytes(4 * MIB + 1)).hasValue(1032 * MIB);
  }

  @Test
  void thereIsNoPageOf512MibAndNoneLarger() {
    PageAllocator pages = started();
    for (long bytes : new long[] {(256 << 20) + 1, 512L << 20, 1L << 30, 1L << 62, 1L << 63}) {
      assertThat(pages.allocateBytes(bytes)).isEmpty();
    }
    assertThat(pages.allocateBytes(256 << 20)).hasValue(1280 * MIB);
    assertThat(pages.allocateBytes(256 << 20)).hasValue(1536 * MIB);
    assertThat(pages.allocateBytes(256 << 20)).isEmpty();
  }

  @Test
  void aSizeBeyondTheLargestPowerOfTwoWrapsToOnePage() {
    assertThat(started().allocateBytes((1L << 63) + 1)).hasValue(1026 * MIB);
    assertThat(started().allocateBytes(-1)).hasValue(1026 * MIB);
  }

  @Test
  void aFreedPageGoesToTheTailOfItsLevel() {
    PageAllocator pages = started();
    for (int page = 0; page < 4; page++) {
      take(pages, 1);
    }
    pages.free(1027 * MIB);
    pages.free(1026 * MIB);
    assertThat(free(pages, 0)).containsExactly(1027, 1026);
    assertThat(take(pages, 1)).isEqualTo(1027);
    assertThat(take(pages, 1)).isEqualTo(1026);
  }

  @Test
  void aFreedPageMergesWithBuddiesThatWereNeverUsed() {
    PageAllocator pages = started();
    take(pages, 2);
    assertThat(take(pages, 1)).isEqualTo(1028);
    pages.free(1028 * MIB);
    assertThat(free(pages, 0)).isEmpty();
    assertThat(free(pages, 1)).isEmpty();
    assertThat(free(pages, 2)).containsExactly(1028);
  }

  @Test
  void aFreedPageDoesNotMergeWithABuddyThatWasUsedOnce() {
    PageAllocator pages = started();
    assertThat(take(pages, 1)).isEqualTo(1026);
    assertThat(take(pages, 1)).isEqualTo(1027);
    pages.free(1026 * MIB);
    pages.free(1027 * MIB);
    assertThat(free(pages, 0)).containsExactly(1026, 1027);
    assertThat(free(pages, 1)).isEmpty();
  }

  @Test
  void mergingStopsAtABuddyThatIsSplit() {
    PageAllocator pages = started();
    take(pages, 2);
    assertThat(take(pages, 1)).isEqualTo(1028);
    assertThat(take(pages, 1)).isEqualTo(1029);
    assertThat(take(pages, 1)).isEqualTo(1030);
    pages.free(1030 * MIB);
    assertThat(free(pages, 1)).as("1030 merged with 1031, not with 1028").containsExactly(1030);
    assertThat(free(pages, 2)).isEmpty();
  }

  @Test
  void aBlockFromTheMiddleOfItsLevelIsTakenOutCleanly() {
    PageAllocator pages = started();
    for (int page = 0; page < 8; page++) {
      take(pages, 1);
    }
    assertThat(take(pages, 1)).isEqualTo(1034);
    pages.free(1026 * MIB);
    pages.free(1034 * MIB);
    assertThat(free(pages, 0)).containsExactly(1026);
    assertThat(free(pages, 1)).containsExactly(1034);
    pages.free(1028 * MIB);
    assertThat(free(pages, 0)).containsExactly(1026, 1028);
  }

  @Test
  void aMergedBlockIsHandedOutAgainWhole() {
    PageAllocator pages = started();
    take(pages, 2);
    pages.free(take(pages, 1) * MIB);
    assertThat(take(pages, 4)).isEqualTo(1028);
  }

  @Test
  void everyPageOfThePoolIsHandedOutOnce() {
    PageAllocator pages = started();
    long[] taken = LongStream.range(0, 990).map(page -> take(pages, 1)).toArray();
    assertThat(Arrays.stream(taken).distinct().count()).isEqualTo(990);
    assertThat(Arrays.stream(taken).min()).hasValue(1026);
    assertThat(Arrays.stream(taken).max()).hasValue(2015);
    assertThat(pages.allocate(0)).isEmpty();
    pages.free(1500 * MIB);
    assertThat(pages.allocate(0)).hasValue(1500 * MIB);
  }

  @Test
  void descriptorsTakeAPageForEvery256LiveTasksAndKeepIt() {
    PageAllocator pages = started();
    DescriptorSlab slab = new DescriptorSlab(pages, 256);
    for (int task = 0; task < 256; task++) {
      assertThat(slab.allocate()).isTrue();
    }
    assertThat(free(pages, 0)).as("one page so far").containsExactly(1027);
    slab.free();
    assertThat(slab.allocate()).isTrue();
    assertThat(free(pages, 0)).containsExactly(1027);
    assertThat(slab.allocate()).isTrue();
    assertThat(free(pages, 0)).as("the second page").isEmpty();
    for (int task = 0; task < 257; task++) {
      slab.free();
    }
    assertThat(slab.allocate()).isTrue();
    assertThat(free(pages, 0)).as("no page is given back").isEmpty();
  }

  @Test
  void withoutAPageThereAreNoDescriptors() {
    PageAllocator pages = started();
    while (pages.allocate(0).isPresent()) {
      assertThat(pages.freeBlocks(9)).isEmpty();
    }
    DescriptorSlab slab = new DescriptorSlab(pages, 256);
    assertThat(slab.allocate()).isFalse();
    pages.free(1030 * MIB);
    assertThat(slab.allocate()).isTrue();
  }
}
