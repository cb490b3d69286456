package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.Expectation.fullOrder;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the loader does with a file. A child's stack is at 1032 MiB, so its program comes to 1033
 * MiB (see {@link MemoryCases}), where its creator then looks.
 */
final class LoadingCases {
  private static final long PROGRAM = 0x4090_0000L;
  private static final long MEBIBYTE = 1L << 20;
  private static final int RELATIVE = 1027;
  private static final int ABSOLUTE = 257;
  private static final int DATA = 0x800;
  private static final String LOADED = "1 1 3 1 1 1";

  private LoadingCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        segmentIsCopied(),
        wholeFile(),
        bssIsCleared(),
        restIsStale(),
        gapIsStale(),
        twoSegments(),
        highBase(),
        relocation(),
        relocationOfHighBase(),
        unknownRelocation(),
        takesPowerOfTwo(),
        eachItsOwnCopy(),
        asksOnce(),
        noMemory(),
        notElf(),
        identification("32-bit", 4, (byte) 1, "not a 64-bit file"),
        identification("big-endian", 5, (byte) 2, "not little-endian"),
        identification("another-version", 6, (byte) 2, "unknown ELF version"),
        identification("another-machine", 18, (byte) 62, "another machine"),
        identification("a-fixed-address", 16, (byte) 2, "not position-independent"),
        nothingToLoad(),
        entryOutside(),
        cutOff(),
        tooLarge());
  }

  /** Makes task 3 of program {@code file} and lets it come and go. */
  private static Script loadThen(Script before) {
    return before.create(0, "file").yieldNow().yieldNow().yieldNow();
  }

  private static ConformanceCase memory(
      String name, String says, SmallElf file, Looks looks, Source source) {
    return caseOf(name, says, source)
        .programs(looks.program)
        .around(system -> system.file("file", file.build()))
        .both(order(LOADED).task(1, "3; 3; 3; 3; " + looks.seen).task(3, ""));
  }

  /** What the creator does, and what it sees behind create and three yields. */
  private record Looks(Script program, String seen) {}

  private static ConformanceCase segmentIsCopied() {
    return memory(
        "load/a-segment-is-copied",
        "The bytes of a PT_LOAD segment come to its address above the program's page.",
        SmallElf.whole().word(DATA, 0x1122_3344),
        new Looks(loadThen(entry()).peek(PROGRAM + DATA), "287454020"),
        Sources.LOAD_SEGMENTS);
  }

  private static ConformanceCase wholeFile() {
    return memory(
        "load/a-segment-can-have-the-elf-header",
        "A segment at offset 0 brings the file's header along.",
        SmallElf.whole(),
        new Looks(loadThen(entry()).peek(PROGRAM), "1179403647"),
        Sources.LOAD_SEGMENTS);
  }

  private static ConformanceCase bssIsCleared() {
    return memory(
        "load/bss-is-cleared",
        "What a segment has in memory beyond the file is zero, whatever was there.",
        SmallElf.empty().segment(0, 0, SmallElf.BYTES, 2L * SmallElf.BYTES),
        new Looks(
            loadThen(entry().poke(PROGRAM + 0x1800, 7).poke(PROGRAM + 0x1FFC, 7))
                .peek(PROGRAM + 0x1800)
                .peek(PROGRAM + 0x1FFC),
            "0; 0"),
        Sources.LOAD_BSS);
  }

  private static ConformanceCase restIsStale() {
    return memory(
        "load/the-rest-of-the-page-stays-as-it-was",
        "Memory behind the last segment is not touched.",
        SmallElf.whole(),
        new Looks(loadThen(entry().poke(PROGRAM + 0x1000, 7)).peek(PROGRAM + 0x1000), "7"),
        Sources.LOAD_SEGMENTS);
  }

  private static ConformanceCase gapIsStale() {
    return memory(
        "load/a-gap-between-segments-stays-as-it-was",
        "Memory between two segments is not touched.",
        SmallElf.empty().segment(0, 0, 0x400, 0x400).segment(0x400, 0x2000, 0x400, 0x400),
        new Looks(loadThen(entry().poke(PROGRAM + 0x1000, 7)).peek(PROGRAM + 0x1000), "7"),
        Sources.LOAD_SEGMENTS);
  }

  private static ConformanceCase twoSegments() {
    return memory(
        "load/segments-keep-their-distance",
        "All segments move by the same load bias.",
        SmallElf.empty()
            .word(0x3F0, 1)
            .word(DATA, 2)
            .segment(0, 0, 0x400, 0x400)
            .segment(DATA, 0x8_0000, 0x400, 0x400),
        new Looks(loadThen(entry()).peek(PROGRAM + 0x3F0).peek(PROGRAM + 0x8_0000), "1; 2"),
        Sources.LOAD_SIZE);
  }

  private static ConformanceCase highBase() {
    return memory(
        "load/the-lowest-address-comes-to-the-start-of-the-page",
        "The lowest address, rounded down to the alignment, comes to the page's start.",
        SmallElf.empty()
            .word(DATA, 3)
            .segment(DATA, 0x50_0800, 0x400, 0x400)
            .segment(0, 0x51_0000, 0x400, 0x400)
            .entry(0x51_0000 + SmallElf.ENTRY),
        new Looks(
            loadThen(entry()).peek(PROGRAM + 0x800).peek(PROGRAM + 0x1_0000), "3; 1179403647"),
        Sources.LOAD_SIZE);
  }

  private static ConformanceCase relocation() {
    return memory(
        "load/a-relative-relocation-adds-the-load-bias",
        "R_AARCH64_RELATIVE stores the addend and the load bias.",
        SmallElf.whole().relocation(DATA, RELATIVE, 0x123),
        new Looks(loadThen(entry()).peek(PROGRAM + DATA), Integer.toString(0x4090_0123)),
        Sources.RELOCATIONS);
  }

  private static ConformanceCase relocationOfHighBase() {
    return memory(
        "load/a-relocation-of-a-file-with-a-high-base",
        "The load bias is the page's address less the lowest address of the file.",
        SmallElf.empty()
            .segment(0, 0x10_0000, SmallElf.BYTES, SmallElf.BYTES)
            .entry(0x10_0000 + SmallElf.ENTRY)
            .relocationAt(0x10_0000, 0x10_0000 + DATA, RELATIVE, 0x10_0040),
        new Looks(loadThen(entry()).peek(PROGRAM + DATA), Integer.toString(0x4090_0040)),
        Sources.RELOCATIONS);
  }

  private static ConformanceCase unknownRelocation() {
    return refused(
        "load/another-relocation-is-refused",
        "The kernel skips a relocation that it does not know, and the program goes wrong later;"
            + " such a file is refused.",
        SmallElf.whole().relocation(DATA, ABSOLUTE, 0x123).build(),
        "relocation",
        Sources.RELOCATIONS);
  }

  private static ConformanceCase takesPowerOfTwo() {
    long span = 3 * MEBIBYTE / 2;
    return caseOf(
            "load/memory-is-the-next-power-of-two",
            "A program that spans 1.5 MiB takes a page of 2 MiB, aligned to it. The page below is"
                + " free again when the task has exited: its stack, merged with a page that was"
                + " never used.",
            Sources.LOAD_SIZE,
            Sources.MMAP,
            Sources.FREE)
        .programs(loadThen(entry()).peek(0x40A0_0000L).mapMemory(2 * MEBIBYTE))
        .around(system ->
            system.file("file", SmallElf.empty().segment(0, 0, SmallElf.BYTES, span).build()))
        .both(order("1 1 3 1 1 1 1").task(1, "3; 3; 3; 3; 1179403647; 0 0x40800000").task(3, ""));
  }

  private static ConformanceCase eachItsOwnCopy() {
    return caseOf(
            "load/each-task-has-its-own-copy",
            "Two tasks of one program get a page each.",
            Sources.LOAD)
        .programs(
            entry()
                .create(0, "file")
                .create(0, "file")
                .yieldNow()
                .yieldNow()
                .yieldNow()
                .peek(0x4090_0000L + DATA)
                .peek(0x40B0_0000L + DATA))
        .around(system -> system.file("file", SmallElf.whole().word(DATA, 5).build()))
        .both(order("1 1 3 1 4 1 1 1").task(1, "3; 4; 4; 4; 4; 5; 5").task(3, "").task(4, ""));
  }

  private static ConformanceCase asksOnce() {
    return caseOf(
            "load/the-loader-makes-one-call",
            "A loader's mmap sends its task to the back of its priority once, before its first"
                + " instruction.",
            Sources.LOAD,
            Sources.LOOP)
        .programs(
            entry().create(4, "child").create(4, "child").create(4, "child"),
            script("child").myTid())
        .both(
            fullOrder("L1 L2 1 2 1 1 1 L3 L4 L5 3 4 5 3 4 5")
                .task(1, "3; 4; 5")
                .task(3, "3")
                .task(4, "4")
                .task(5, "5"));
  }

  private static ConformanceCase noMemory() {
    Script all =
        entry()
            .mapMemory(256 * MEBIBYTE)
            .mapMemory(256 * MEBIBYTE)
            .mapMemory(128 * MEBIBYTE)
            .mapMemory(128 * MEBIBYTE)
            .mapMemory(64 * MEBIBYTE)
            .mapMemory(64 * MEBIBYTE)
            .mapMemory(32 * MEBIBYTE)
            .mapMemory(32 * MEBIBYTE)
            .mapMemory(16 * MEBIBYTE)
            .mapMemory(4 * MEBIBYTE)
            .mapMemory(2 * MEBIBYTE)
            .mapMemory(MEBIBYTE);
    return caseOf(
            "load/without-memory-ends-the-run",
            "A loader that gets no memory copies the program to NULL.",
            Sources.LOAD,
            Sources.MMAP)
        .programs(all.create(1, "child").receive(1), script("child"))
        .both(
            order("1 1 1 1 1 1 1 1 1 1 1 1 1 1")
                .task(
                    1,
                    "0 0x50000000; 0 0x60000000; 0 0x48000000; 0 0x70000000; 0 0x44000000;"
                        + " 0 0x78000000; 0 0x42000000; 0 0x7c000000; 0 0x41000000;"
                        + " 0 0x40800000; 0 0x40c00000; 0 0x40e00000; 3; -",
                    "receive-blocked")
                .task(3, "", "could-run")
                .ends(EndKind.CANNOT_LOAD, "no page of"));
  }

  private static ConformanceCase refused(
      String name, String says, byte[] file, String text, Source source) {
    return caseOf(name, says, source)
        .programs(entry().create(1, "file"))
        .around(system -> system.file("file", file))
        .both(order("1 1").task(1, "3").task(3, "", "could-run").ends(EndKind.CANNOT_LOAD, text));
  }

  private static ConformanceCase notElf() {
    return refused(
        "load/something-else-is-refused",
        "A file that is not ELF is not loaded.",
        "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII),
        "not an ELF file",
        Sources.ELF_IDENT);
  }

  private static ConformanceCase identification(String word, int offset, byte value, String text) {
    return refused(
        "load/" + word + "-is-refused",
        "A file for %s is not loaded.".formatted(word.replace('-', ' ')),
        SmallElf.whole().bytes(offset, value).build(),
        text,
        Sources.ELF_IDENT);
  }

  private static ConformanceCase nothingToLoad() {
    return refused(
        "load/a-file-without-segments-is-refused",
        "A file without PT_LOAD segment has nothing to load.",
        SmallElf.empty().build(),
        "no program headers",
        Sources.LOAD_SIZE);
  }

  private static ConformanceCase entryOutside() {
    return refused(
        "load/an-entry-point-outside-is-refused",
        "The loader would jump to an entry point that is in no segment.",
        SmallElf.whole().entry(0x10_0000).build(),
        "entry point",
        Sources.LOAD);
  }

  private static ConformanceCase cutOff() {
    return refused(
        "load/a-file-that-is-cut-off-is-refused",
        "The loader would read behind the file's end.",
        SmallElf.empty().segment(0, 0, SmallElf.BYTES + 1, SmallElf.BYTES + 1).build(),
        "not in the file",
        Sources.LOAD_SEGMENTS);
  }

  private static ConformanceCase tooLarge() {
    return refused(
        "load/a-program-of-more-than-512-mebibytes-is-refused",
        "No page is as large as a program that needs more than 512 MiB.",
        SmallElf.empty().segment(0, 0, SmallElf.BYTES, 513 * MEBIBYTE).build(),
        "largest page",
        Sources.LOAD_SIZE);
  }
}
