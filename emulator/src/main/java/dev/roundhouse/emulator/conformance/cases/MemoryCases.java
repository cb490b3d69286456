package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.Step;
import java.util.List;

/**
 * mmap. When the first program runs, pages 1024 to 1031 are used (in MiB: page manager, slab
 * manager, descriptors, three stacks and two programs); the next free block is 1032 to 1039.
 */
final class MemoryCases {
  private static final long MEBIBYTE = 1L << 20;
  private static final long OUTSIDE = 0x80_0000_0000L;

  private MemoryCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        one("one-mebibyte", "A page of 1 MiB is the smallest.", MEBIBYTE, "0x40800000"),
        one("one-byte", "One byte takes a page of 1 MiB.", 1, "0x40800000"),
        one("zero", "Size 0 takes a page of 1 MiB.", 0, "0x40800000"),
        one("8-mebibytes", "8 MiB are aligned to 8 MiB.", 8 * MEBIBYTE, "0x40800000"),
        one("16-mebibytes", "16 MiB are aligned to 16 MiB.", 16 * MEBIBYTE, "0x41000000"),
        one("32-mebibytes", "Of two blocks the first is taken.", 32 * MEBIBYTE, "0x42000000"),
        one("256-mebibytes", "256 MiB is the largest page.", 256 * MEBIBYTE, "0x50000000"),
        one("512-mebibytes", "There is no page of 512 MiB: NULL.", 512 * MEBIBYTE, "0x0"),
        one("2-to-the-63", "No page is that large: NULL.", Long.MIN_VALUE, "0x0"),
        one("all-ones", "The next power of two of 2^64-1 wraps to 1.", -1, "0x40800000"),
        one("more-than-2-to-the-63", "It wraps as well.", Long.MIN_VALUE + 1, "0x40800000"),
        roundsUp(),
        aligned(),
        singles(),
        split(),
        takesSmallestBlock(),
        noneLeft(),
        tasksShare(),
        usable(),
        badTarget(),
        nullTarget(),
        rotates());
  }

  private static ConformanceCase one(String word, String says, long bytes, String address) {
    return caseOf(
            "mmap/" + word,
            says,
            Sources.MMAP,
            Sources.POWER_OF_TWO,
            Sources.ALLOCATE,
            Sources.FREE_LISTS)
        .programs(entry().mapMemory(bytes))
        .both(order("1 1").task(1, "0 " + address));
  }

  private static ConformanceCase roundsUp() {
    return caseOf(
            "mmap/rounds-up-to-a-power-of-two",
            "A page has the next power of two: behind 1 MiB and a byte, and 3 MiB, is room.",
            Sources.MMAP,
            Sources.POWER_OF_TWO)
        .programs(entry().mapMemory(MEBIBYTE + 1).mapMemory(3 * MEBIBYTE).mapMemory(MEBIBYTE))
        .both(order("1 1 1 1").task(1, "0 0x40800000; 0 0x40c00000; 0 0x40a00000"));
  }

  private static ConformanceCase aligned() {
    return caseOf(
            "mmap/is-aligned-to-its-size",
            "A page of 4 MiB behind one of 1 MiB starts at the next multiple of 4 MiB.",
            Sources.ALLOCATE)
        .programs(entry().mapMemory(MEBIBYTE).mapMemory(4 * MEBIBYTE))
        .both(order("1 1 1").task(1, "0 0x40800000; 0 0x40c00000"));
  }

  private static ConformanceCase singles() {
    return caseOf(
            "mmap/single-pages-of-a-split-block-ascend",
            "Splitting keeps the lower half: pages of 1 MiB from one block ascend.",
            Sources.ALLOCATE)
        .programs(entry().repeat(9, script("again").mapMemory(MEBIBYTE)))
        .both(
            order("1 1 1 1 1 1 1 1 1 1")
                .task(
                    1,
                    "0 0x40800000; 0 0x40900000; 0 0x40a00000; 0 0x40b00000; 0 0x40c00000;"
                        + " 0 0x40d00000; 0 0x40e00000; 0 0x40f00000; 0 0x41000000"));
  }

  private static ConformanceCase split() {
    return caseOf(
            "mmap/the-second-block-of-a-level-follows",
            "When the first block of a level is gone, the second is taken before a larger one is"
                + " split.",
            Sources.ALLOCATE,
            Sources.FREE_LISTS)
        .programs(
            entry()
                .mapMemory(128 * MEBIBYTE)
                .mapMemory(128 * MEBIBYTE)
                .mapMemory(128 * MEBIBYTE)
                .mapMemory(128 * MEBIBYTE))
        .both(order("1 1 1 1 1").task(1, "0 0x48000000; 0 0x70000000; 0 0x50000000; 0 0x58000000"));
  }

  private static ConformanceCase takesSmallestBlock() {
    return caseOf(
            "mmap/takes-the-smallest-block-that-is-large-enough",
            "A page comes from the lowest level that has a block, so small pages fill small"
                + " blocks.",
            Sources.ALLOCATE)
        .programs(entry().mapMemory(2 * MEBIBYTE).mapMemory(16 * MEBIBYTE).mapMemory(2 * MEBIBYTE))
        .both(order("1 1 1 1").task(1, "0 0x40800000; 0 0x41000000; 0 0x40a00000"));
  }

  private static ConformanceCase noneLeft() {
    return caseOf(
            "mmap/none-left-gives-null",
            "mmap gives 0 and stores NULL when no block is left.",
            Sources.MMAP,
            Sources.ALLOCATE)
        .programs(entry().repeat(1, CreateCases.ALL_MEMORY).mapMemory(1))
        .both(order("1 1 1 1 1 1 1 1 1 1 1 1").task(1, CreateCases.ALL_ADDRESSES + "; 0 0x0"));
  }

  private static ConformanceCase tasksShare() {
    return caseOf(
            "mmap/stacks-programs-and-pages-come-from-one-pool",
            "A child's stack, its creator's page, the child's program (where its creator's stack"
                + " was) and its page come from the same lists.",
            Sources.ALLOCATE,
            Sources.NEW_TASK,
            Sources.LOAD)
        .programs(
            entry().create(1, "child").mapMemory(MEBIBYTE), script("child").mapMemory(MEBIBYTE))
        .both(order("1 1 1 3 3").task(1, "3; 0 0x40900000").task(3, "0 0x40a00000"));
  }

  private static ConformanceCase usable() {
    return caseOf(
            "mmap/memory-can-be-written-and-read",
            "What is stored in a page can be loaded again.",
            Sources.MMAP)
        .programs(
            entry()
                .mapMemory(MEBIBYTE)
                .poke(0x4080_0000L, 42)
                .poke(0x408F_FFFCL, 43)
                .peek(0x4080_0000L)
                .peek(0x408F_FFFCL))
        .both(order("1 1").task(1, "0 0x40800000; 42; 43"));
  }

  private static ConformanceCase badTarget() {
    return bad(
        "mmap/a-bad-target-ends-the-run", "The kernel stores the address anywhere.", OUTSIDE);
  }

  private static ConformanceCase nullTarget() {
    return bad(
        "mmap/a-null-target-ends-the-run",
        "The kernel would store the address at NULL, in its own memory.",
        0);
  }

  private static ConformanceCase bad(String name, String says, long target) {
    Script program = entry().step(new Step.MapMemory(Buffer.at(target, 0), MEBIBYTE));
    return caseOf(name, says, Sources.MMAP, Sources.MEMORY_MAP)
        .programs(program)
        .both(
            order("1")
                .atOnce()
                .task(1, "-", "could-run")
                .reports("1 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "target of mmap"));
  }

  private static ConformanceCase rotates() {
    return caseOf(
            "mmap/lets-equals-run",
            "mmap is a call like any other: its caller goes behind those of its priority.",
            Sources.LOOP,
            Sources.MMAP)
        .programs(
            entry().create(4, "child").create(4, "child"),
            script("child").mapMemory(MEBIBYTE).mapMemory(MEBIBYTE))
        .both(
            order("1 1 1 3 4 3 4 3 4")
                .task(1, "3; 4")
                .task(3, "0 0x40b00000; 0 0x40d00000")
                .task(4, "0 0x40c00000; 0 0x40e00000"));
  }
}
