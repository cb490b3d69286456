package dev.roundhouse.kernel.loader;

import static dev.roundhouse.kernel.loader.ElfBuilder.PT_DYNAMIC;
import static dev.roundhouse.kernel.loader.ElfBuilder.PT_GNU_RELRO;
import static dev.roundhouse.kernel.loader.ElfBuilder.PT_INTERP;
import static dev.roundhouse.kernel.loader.ElfBuilder.PT_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ElfImageTest {
  private static final int DYNAMIC = 0x800;
  private static final int RELA = 0x900;
  private static final long RELATIVE = 1027;
  private static final int ENTRY_OFFSET = 24;

  private static ParseResult parse(ElfBuilder elf) {
    return ElfImage.parse("prog", elf.build());
  }

  private static ElfImage image(ElfBuilder elf) {
    return accepted(parse(elf)).image();
  }

  private static ParseResult.Accepted accepted(ParseResult result) {
    assertThat(result).isInstanceOf(ParseResult.Accepted.class);
    return (ParseResult.Accepted) result;
  }

  private static void refused(ElfBuilder elf, String... texts) {
    refused(elf.build(), texts);
  }

  private static void refused(byte[] file, String... texts) {
    assertThat(ElfImage.parse("prog", file))
        .isInstanceOfSatisfying(
            ParseResult.Refused.class,
            refused -> {
              assertThat(refused.problem().text()).contains(texts);
              assertThat(refused.problem().advice()).isNotEmpty();
              assertThat(refused.problem().where()).isNotEmpty();
            });
  }

  private static ElfBuilder patched(int offset, int... bytes) {
    byte[] values = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      values[index] = (byte) bytes[index];
    }
    return ElfBuilder.program().bytes(offset, values);
  }

  /** A program with a dynamic section of these tags and values. */
  private static ElfBuilder dynamic(long... tags) {
    return ElfBuilder.program()
        .header(PT_DYNAMIC, DYNAMIC, DYNAMIC, tags.length * 8L, tags.length * 8L, 8)
        .longs(DYNAMIC, tags);
  }

  /** A program with these relocations, three words each. */
  private static ElfBuilder relocations(long... words) {
    return dynamic(7, RELA, 8, words.length * 8L, 9, 24, 0, 0).longs(RELA, words);
  }

  /** Where its loader adds the load bias, and to what: the words that differ in two places. */
  private static Map<Long, Long> relocated(ElfImage image) {
    SparseMemory memory = new SparseMemory(new AddressRange(0, 0x100_0000));
    AddressRange here = new AddressRange(0x10_0000, image.span());
    AddressRange there = new AddressRange(0x80_0000, image.span());
    image.place(memory, here);
    image.place(memory, there);
    Map<Long, Long> words = new TreeMap<>();
    for (long at = 0; at + Long.BYTES <= image.span(); at += Long.BYTES) {
      long word = memory.getLong(here.start() + at);
      if (word != memory.getLong(there.start() + at)) {
        words.put(image.base() + at, word - image.loadBias(here));
      }
    }
    return words;
  }

  @Test
  void aSmallProgramIsAccepted() {
    ElfImage image = image(ElfBuilder.program());
    assertThat(image.name()).isEqualTo("prog");
    assertThat(image.entry()).isEqualTo(0x200);
    assertThat(image.base()).isZero();
    assertThat(image.span()).isEqualTo(0x1000);
    assertThat(image.segments()).containsExactly(new Segment(0, 0, 0x1000, 0x1000, 7));
    assertThat(relocated(image)).isEmpty();
  }

  @Test
  void whatIsNotAnElfFileIsRefused() {
    refused(new byte[0], "not an ELF file");
    refused(new byte[] {0x7F, 'E', 'L'}, "not an ELF file");
    refused(
        "#!/bin/sh\n".repeat(20).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        "not an ELF");
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() {
    byte[] whole = relocations(0x10, RELATIVE, 0).build();
    for (int length = 0; length < whole.length; length++) {
      assertThat(ElfImage.parse("prog", Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isInstanceOf(ParseResult.Refused.class);
    }
    refused(Arrays.copyOf(whole, 63), "cut off in its header", "63 bytes");
    refused(Arrays.copyOf(whole, 100), "program headers are not in the file");
    refused(Arrays.copyOf(whole, 0xFFF), "segment's bytes are not in the file", "program header 0");
  }

  @Test
  void otherClassesByteOrdersVersionsMachinesAndTypesAreRefused() {
    refused(patched(4, 1), "not a 64-bit file");
    refused(patched(5, 2), "not little-endian");
    refused(patched(6, 0), "unknown ELF version");
    refused(patched(20, 2), "unknown ELF version");
    refused(patched(18, 62, 0), "another machine", "e_machine is 62");
    refused(patched(16, 2, 0), "not position-independent", "-static-pie");
    refused(patched(16, 1, 0), "not a program", "e_type is 1");
    refused(patched(16, 4, 0), "not a program", "e_type is 4");
  }

  @Test
  void programHeadersMustBeThereAndInTheFile() {
    refused(patched(56, 0, 0), "no program headers");
    refused(patched(54, 32, 0), "wrong size", "e_phentsize is 32");
    refused(patched(56, 0xFF, 0xFF), "not in the file", "65535 entries");
    refused(ElfBuilder.program().longs(32, -1), "not in the file");
    refused(ElfBuilder.program().longs(32, Long.MAX_VALUE), "not in the file");
    refused(ElfBuilder.program().longs(32, 0x1000 - 55), "not in the file");
  }

  @Test
  void aProgramWithoutSegmentsIsRefused() {
    refused(new ElfBuilder().entry(0x200).header(PT_GNU_RELRO, 0, 0, 0, 0, 1), "nothing to load");
  }

  @Test
  void segmentsMustBeInTheFile() {
    for (long[] place :
        new long[][] {{0x1001, 0}, {0, 0x1001}, {-1, 1}, {1, -1}, {8, Long.MAX_VALUE}}) {
      refused(
          new ElfBuilder().entry(0).header(PT_LOAD, place[0], 0, place[1], 0x2000, 1),
          "not in the file");
    }
  }

  @Test
  void segmentsMustNotWrapOrBeHuge() {
    refused(ElfBuilder.program().header(PT_LOAD, 0, -0x1000, 0, 0x2000, 1), "wrap");
    refused(ElfBuilder.program().header(PT_LOAD, 0, Long.MAX_VALUE, 0, 1, 1), "wrap");
    refused(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 0, -1, 1), "wrap");
    refused(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 0, (1L << 29) + 1, 1), "512 MiB");
    refused(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 0, 1L << 62, 1), "512 MiB");
    refused(ElfBuilder.program().header(PT_LOAD, 0, 1L << 40, 0, 1, 1), "span");
    refused(ElfBuilder.program().header(PT_GNU_RELRO, 0, 1L << 40, 0, 1, 1), "span");
    refused(ElfBuilder.program().header(PT_GNU_RELRO, 0, -8, 0, 16, 1), "wrap");
  }

  @Test
  void aProgramThatFillsTheLargestPageIsAccepted() {
    long rest = (1L << 29) - 0x1000;
    assertThat(image(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 0, rest, 1)).span())
        .isEqualTo(1L << 29);
    refused(ElfBuilder.program().header(PT_LOAD, 0, 0x1001, 0, rest, 1), "512 MiB");
  }

  @Test
  void aSegmentMustNotHaveMoreBytesInTheFileThanInMemory() {
    refused(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 16, 15, 1), "more bytes in the file");
  }

  @Test
  void alignmentsMustBePowersOfTwo() {
    for (long alignment : new long[] {3, -1, 1L << 30, Long.MIN_VALUE}) {
      refused(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 0, 1, alignment), "alignment");
    }
    accepted(parse(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 0, 1, 0)));
  }

  @Test
  void segmentsMustNotOverlap() {
    refused(ElfBuilder.program().header(PT_LOAD, 0, 0xFFF, 0, 1, 1), "overlap", "0xfff");
    refused(ElfBuilder.program().header(PT_LOAD, 0, 0, 0, 0x800, 1), "overlap");
    accepted(parse(ElfBuilder.program().header(PT_LOAD, 0, 0x1000, 0, 1, 1)));
  }

  @Test
  void theEntryPointMustBeAnInstructionInASegment() {
    for (long entry : new long[] {0x1000, 0xFFE, 0x201, 0x202, -4, Long.MAX_VALUE - 3}) {
      refused(ElfBuilder.program().longs(ENTRY_OFFSET, entry), "entry point");
    }
    accepted(parse(ElfBuilder.program().longs(ENTRY_OFFSET, 0xFFC)));
  }

  @Test
  void memoryIsAskedForFromTheLowestAddressRoundedDownToTheLargestAlignment() {
    ElfImage image =
        image(
            new ElfBuilder()
                .entry(0x1_2200)
                .header(PT_LOAD, 0, 0x1_2000, 0x1000, 0x1000, 0x1_0000)
                .header(PT_GNU_RELRO, 0, 0x1_3000, 0, 0x800, 1));
    assertThat(image.base()).isEqualTo(0x1_0000);
    assertThat(image.span()).isEqualTo(0x3800);
    AddressRange range = new AddressRange(0x4060_0000, image.span());
    assertThat(image.loadBias(range)).isEqualTo(0x4060_0000 - 0x1_0000);
  }

  @Test
  void placingCopiesTheFileZeroesTheRestAndLeavesGapsAlone() {
    ElfImage image =
        image(
            new ElfBuilder()
                .entry(0)
                .header(PT_LOAD, 0x400, 0, 4, 8, 1)
                .header(PT_LOAD, 0x404, 0x10, 2, 2, 1)
                .bytes(0x400, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6));
    SparseMemory memory = new SparseMemory(new AddressRange(0, 0x10_0000));
    memory.fill(0x1000, 0x100, (byte) 0xEE);
    image.place(memory, new AddressRange(0x1000, image.span()));
    assertThat(memory.getLong(0x1000)).isEqualTo(0x0403_0201L);
    assertThat(memory.getLong(0x1008)).isEqualTo(0xEEEE_EEEE_EEEE_EEEEL);
    assertThat(memory.getLong(0x1010)).isEqualTo(0xEEEE_EEEE_EEEE_0605L);
  }

  @Test
  void relativeRelocationsAddTheLoadBiasToTheirAddend() {
    ElfImage image = image(relocations(0x10, RELATIVE, 0x234, 0, 0, 0, 0xFF8, RELATIVE, -8));
    assertThat(relocated(image)).isEqualTo(Map.of(0x10L, 0x234L, 0xFF8L, -8L));
    SparseMemory memory = new SparseMemory(new AddressRange(0, 0x10_0000));
    image.place(memory, new AddressRange(0x8_0000, image.span()));
    assertThat(memory.getLong(0x8_0010)).isEqualTo(0x8_0234);
    assertThat(memory.getLong(0x8_0FF8)).isEqualTo(0x8_0000 - 8);
  }

  @Test
  void otherRelocationsAreRefusedWithTypeAndPlace() {
    refused(relocations(0x10, RELATIVE, 0, 0x18, 257, 0), "type 257", "DT_RELA entry 1", "0x18");
    refused(relocations(0x18, 1L << 32 | 1025, 0), "type 1025", "--lenient");
  }

  @Test
  void otherRelocationsAreSkippedWithAWarningIfThatIsAskedFor() {
    byte[] file = relocations(0x10, RELATIVE, 0, 0x18, 257, 0).build();
    ParseResult.Accepted accepted =
        accepted(ElfImage.parse("prog", file, RelocationPolicy.SKIP_UNKNOWN));
    assertThat(relocated(accepted.image())).hasSize(1);
    assertThat(accepted.warnings())
        .anySatisfy(warning -> assertThat(warning.text()).contains("type 257", "0x18", "skipped"));
  }

  @Test
  void manySkippedRelocationsGiveFewWarnings() {
    long[] words = new long[24 * 3];
    for (int entry = 0; entry < 24; entry++) {
      words[3 * entry + 1] = 257;
    }
    ParseResult.Accepted accepted =
        accepted(ElfImage.parse("prog", relocations(words).build(), RelocationPolicy.SKIP_UNKNOWN));
    assertThat(accepted.warnings()).hasSizeLessThan(12);
    assertThat(accepted.warnings())
        .anySatisfy(warning -> assertThat(warning.text()).contains("24 relocations"));
  }

  @Test
  void relocationsMustBeInsideOfTheProgram() {
    for (long offset : new long[] {0xFF9, 0x1000, -8, Long.MAX_VALUE}) {
      refused(relocations(offset, RELATIVE, 0), "outside of the program");
    }
  }

  @Test
  void brokenDynamicSectionsAreRefused() {
    refused(ElfBuilder.program().header(PT_DYNAMIC, 0xFF8, 0, 16, 16, 8), "not in the file");
    refused(ElfBuilder.program().header(PT_DYNAMIC, 0x800, 0, 24, 24, 8), "whole entries");
    refused(dynamic(7, RELA, 8, 24, 9, 16), "DT_RELAENT is 16");
    refused(dynamic(7, RELA, 8, 24), "DT_RELAENT");
    refused(dynamic(7, RELA, 9, 24), "not in the file");
    refused(dynamic(7, RELA, 8, 25, 9, 24), "not in the file", "25 bytes");
    refused(dynamic(7, RELA, 8, -24, 9, 24), "not in the file");
    refused(dynamic(7, 0xFF0, 8, 24, 9, 24), "not in the file");
    refused(dynamic(7, -24, 8, 24, 9, 24), "not in the file");
    refused(dynamic(8, 24, 9, 24), "not in the file");
    refused(dynamic(7, RELA, 8, Long.MAX_VALUE / 24 * 24, 9, 24), "not in the file");
  }

  @Test
  void aRelocationTableBeyondTheFilesBytesIsRefusedEvenIfItIsInMemory() {
    refused(
        dynamic(7, 0x2000, 8, 24, 9, 24).header(PT_LOAD, 0, 0x2000, 0, 0x1000, 1),
        "relocation table is not in the file");
  }

  @Test
  void aRelocationTableMayEndWithTheFilesBytesAndNotGoOver() {
    for (int start : new int[] {0x1000 - 24, 0x1000 - 16}) {
      ElfBuilder elf =
          new ElfBuilder()
              .entry(0x200)
              .header(PT_LOAD, 0, 0, 0x1000, 0x2000, 1)
              .header(PT_DYNAMIC, DYNAMIC, DYNAMIC, 64, 64, 8)
              .longs(DYNAMIC, 7, start, 8, 24, 9, 24, 0, 0)
              .longs(start, 0, RELATIVE);
      if (start + 24 <= 0x1000) {
        assertThat(relocated(image(elf))).hasSize(1);
      } else {
        refused(elf, "relocation table is not in the file");
      }
    }
  }

  @Test
  void segmentsAreInOrderOfAddressHoweverTheFileListsThem() {
    ElfImage image =
        image(
            new ElfBuilder()
                .entry(0x200)
                .header(PT_LOAD, 0, 0x1_0000, 0x10, 0x10, 1)
                .header(PT_LOAD, 0, 0, 0x1000, 0x1000, 1));
    assertThat(image.segments()).extracting(Segment::address).containsExactly(0L, 0x1_0000L);
  }

  @Test
  void aRelocationTableOfNothingIsFine() {
    assertThat(relocated(image(dynamic(7, RELA, 8, 0, 9, 24)))).isEmpty();
  }

  @Test
  void tagsBehindTheEndMarkDoNotCount() {
    assertThat(relocated(image(dynamic(0, 0, 7, RELA, 8, 25)))).isEmpty();
  }

  @Test
  void relocationsOfAProcedureLinkageTableAreLookedAtToo() {
    refused(
        dynamic(23, RELA, 2, 24, 20, 7).longs(RELA, 0x10, 1026, 0),
        "type 1026",
        "DT_JMPREL entry 0");
    refused(dynamic(23, RELA, 2, 24, 20, 17), "without addends");
    refused(dynamic(17, RELA), "without addends", "DT_REL");
    refused(dynamic(36, RELA), "packed");
    ElfBuilder linkageTable = dynamic(23, RELA, 2, 24, 20, 7).longs(RELA, 0x10, RELATIVE, 0);
    assertThat(relocated(image(linkageTable))).hasSize(1);
  }

  @Test
  void theRealLoadersReadingOfTheTableByAddressIsWarnedAbout() {
    ParseResult.Accepted accepted =
        accepted(
            parse(
                new ElfBuilder()
                    .entry(0x1_0000)
                    .header(PT_LOAD, 0, 0x1_0000, 0x1000, 0x1000, 1)
                    .header(PT_DYNAMIC, DYNAMIC, 0x1_0800, 64, 64, 8)
                    .longs(DYNAMIC, 7, 0x1_0900, 8, 24, 9, 24, 0, 0)
                    .longs(RELA, 0x1_0010, RELATIVE, 5)));
    assertThat(relocated(accepted.image())).isEqualTo(Map.of(0x1_0010L, 5L));
    assertThat(accepted.warnings())
        .anySatisfy(warning -> assertThat(warning.text()).contains("real loader", "misreads"));
  }

  @Test
  void aDynamicLinkerAndSharedLibrariesAreWarnedAbout() {
    List<ElfProblem> warnings =
        accepted(parse(dynamic(1, 1, 0, 0).header(PT_INTERP, 0, 0, 0, 0, 1))).warnings();
    assertThat(warnings)
        .extracting(ElfProblem::what)
        .anyMatch(text -> text.contains("dynamic linker"));
    assertThat(warnings)
        .extracting(ElfProblem::what)
        .anyMatch(text -> text.contains("shared library"));
  }

  @Test
  void missingOrDamagedSectionHeadersAreOnlyAWarning() {
    for (ElfBuilder elf :
        List.of(
            ElfBuilder.program(),
            ElfBuilder.program().sections(-1, 3),
            ElfBuilder.program().sections(0x1000 - 63, 1),
            ElfBuilder.program().sections(0x800, 1).bytes(58, (byte) 63, (byte) 0))) {
      ParseResult.Accepted accepted = accepted(parse(elf));
      assertThat(accepted.image().symbols().size()).isZero();
      assertThat(accepted.warnings())
          .singleElement()
          .satisfies(warning -> assertThat(warning.what()).contains("no section headers"));
    }
  }

  @Test
  void anyBytesGiveAResultAndWhatIsAcceptedCanBePlaced() {
    Random random = new Random(20260101);
    byte[] good = relocations(0x10, RELATIVE, 0).sections(0xA00, 4).build();
    SparseMemory memory = new SparseMemory(new AddressRange(0, 1L << 30));
    for (int round = 0; round < 20_000; round++) {
      byte[] file = good.clone();
      for (int change = 0; change <= round % 4; change++) {
        int[] places = {64, 64 + 112, 0x800, 0x900, 0xA00};
        int at = places[random.nextInt(places.length)] + random.nextInt(64);
        file[random.nextInt(5) == 0 ? random.nextInt(64) : at] = (byte) random.nextInt(256);
      }
      if (ElfImage.parse("prog", file) instanceof ParseResult.Accepted(var image, var warnings)
          && image.span() <= 1 << 20) {
        image.place(memory, new AddressRange(1 << 20, image.span()));
        assertThat(warnings).isNotNull();
        image.symbols().at(random.nextLong());
      }
    }
  }
}
