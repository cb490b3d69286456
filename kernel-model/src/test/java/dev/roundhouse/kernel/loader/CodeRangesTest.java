package dev.roundhouse.kernel.loader;

import static dev.roundhouse.kernel.loader.ElfBuilder.PT_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which parts of a file are code. */
class CodeRangesTest {
  private static final int EXECUTED = 1;
  private static final int WRITTEN = 2;
  private static final int READ = 4;
  private static final int SECTIONS = 0xA00;
  private static final int SECTION_BYTES = 64;
  private static final long DATA = 3;
  private static final long INSTRUCTIONS = 6;

  private static List<AddressRange> codeOf(ElfBuilder elf) {
    ParseResult result = ElfImage.parse("prog", elf.build());
    assertThat(result).isInstanceOf(ParseResult.Accepted.class);
    return ((ParseResult.Accepted) result).image().code();
  }

  private static ElfBuilder twoSegments(int firstFlags, int secondFlags) {
    return new ElfBuilder()
        .entry(0x200)
        .header(PT_LOAD, 0, 0, 0x800, 0x800, 0x800)
        .header(PT_LOAD, 0x800, 0x800, 0x800, 0x800, 0x800)
        .flags(0, firstFlags)
        .flags(1, secondFlags);
  }

  /** One segment with code and data; sections are flags, address and length each. */
  private static ElfBuilder sections(long... fields) {
    ElfBuilder elf = ElfBuilder.program().sections(SECTIONS, fields.length / 3);
    for (int index = 0; index < fields.length / 3; index++) {
      int at = SECTIONS + index * SECTION_BYTES;
      elf.longs(at + 8, fields[3 * index], fields[3 * index + 1], 0, fields[3 * index + 2]);
    }
    return elf;
  }

  @Test
  void aSegmentThatMayBeExecutedAndNotWrittenIsCodeAsAWhole() {
    assertThat(codeOf(twoSegments(READ | EXECUTED, READ | WRITTEN)))
        .containsExactly(new AddressRange(0, 0x800));
    assertThat(codeOf(twoSegments(READ | EXECUTED, READ | EXECUTED)))
        .containsExactly(new AddressRange(0, 0x800), new AddressRange(0x800, 0x800));
    assertThat(codeOf(twoSegments(READ | EXECUTED, READ)))
        .containsExactly(new AddressRange(0, 0x800));
  }

  @Test
  void aSegmentWithoutBytesIsNoCode() {
    ElfBuilder elf =
        ElfBuilder.program().header(PT_LOAD, 0x800, 0x2000, 0, 0, 0x800).flags(1, READ | EXECUTED);
    assertThat(codeOf(elf)).isEmpty();
  }

  @Test
  void ofASegmentThatMayBeExecutedAndWrittenTheSectionsWithInstructionsAreCode() {
    assertThat(
            codeOf(sections(INSTRUCTIONS, 0x200, 0x80, DATA, 0x400, 0x80, INSTRUCTIONS, 0x600, 4)))
        .containsExactly(new AddressRange(0x200, 0x80), new AddressRange(0x600, 4));
  }

  @Test
  void aSectionThatIsEmptyOrNotInTheSegmentIsNoCode() {
    assertThat(codeOf(sections(INSTRUCTIONS, 0x200, 0, INSTRUCTIONS, 0xF80, 0x100))).isEmpty();
    assertThat(codeOf(sections(INSTRUCTIONS, 0xF80, 0x80)))
        .containsExactly(new AddressRange(0xF80, 0x80));
  }

  @Test
  void sectionHeadersThatAreNotInTheFileOrOfAnotherSizeTellNothing() {
    assertThat(codeOf(sections(INSTRUCTIONS, 0x200, 0x80).sections(0xFF0, 1))).isEmpty();
    assertThat(codeOf(sections(INSTRUCTIONS, 0x200, 0x80).bytes(58, (byte) 40))).isEmpty();
    assertThat(codeOf(sections(INSTRUCTIONS, 0x200, 0x80).sections(SECTIONS, 25))).isEmpty();
  }
}
