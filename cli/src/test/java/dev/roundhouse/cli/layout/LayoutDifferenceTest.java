package dev.roundhouse.cli.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.debuginfo.StructLayout;
import dev.roundhouse.emulator.debuginfo.StructLayout.Bits;
import dev.roundhouse.emulator.debuginfo.StructLayout.Member;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutDifferenceTest {
  private static final Member HEAD = new Member("head", 0, 4, "u32", 0);
  private static final Member NAME = new Member("name", 8, 8, "View", 0);
  private static final Member NAME_AT = new Member("name.at", 8, 8, "pointer", 1);

  @Test
  void equalLayoutsDoNotDiffer() {
    assertThat(LayoutDifference.between(struct(16, 8, HEAD), struct(16, 8, HEAD))).isEmpty();
  }

  @Test
  void namesOfTypesAndMembersThatOnlyOneSideDescribesDoNotMatter() {
    Member plain = new Member("name", 8, 8, "uint64_t", 0);
    Member marker = new Member("life", 16, 0, "PhantomData", 0);
    assertThat(
            LayoutDifference.between(
                struct(16, 8, HEAD, NAME, NAME_AT, marker), struct(16, 8, HEAD, plain)))
        .isEmpty();
  }

  @Test
  void aMemberAtAnotherPlaceIsNamed() {
    Member moved = new Member("name", 4, 8, "View", 0);
    assertThat(LayoutDifference.between(struct(16, 8, HEAD, NAME), struct(16, 8, HEAD, moved)))
        .hasValue("member name differs: 8 bytes at offset 8 and 8 bytes at offset 4");
  }

  @Test
  void aMemberInsideAMemberIsNamedWhereBothDescribeIt() {
    Member other = new Member("name.at", 12, 4, "u32", 1);
    assertThat(
            LayoutDifference.between(
                struct(16, 8, HEAD, NAME, NAME_AT), struct(16, 8, HEAD, NAME, other)))
        .hasValue("member name.at differs: 8 bytes at offset 8 and 4 bytes at offset 12");
  }

  @Test
  void bitFieldsInTheSameByteAreToldApart() {
    Member three = new Member("a", 0, 1, "u8", Optional.of(new Bits(0, 3)), 0);
    Member four = new Member("a", 0, 1, "u8", Optional.of(new Bits(0, 4)), 0);
    assertThat(LayoutDifference.between(struct(1, 1, three), struct(1, 1, four)))
        .hasValue(
            "member a differs: 3 bits from bit 0 on at offset 0 and 4 bits from bit 0 on at offset"
                + " 0");
  }

  @Test
  void aMissingMemberSizeAndAlignmentAreDifferences() {
    assertThat(LayoutDifference.between(struct(16, 8, HEAD), struct(16, 8, HEAD, NAME)))
        .hasValue("only one has the member name");
    assertThat(LayoutDifference.between(struct(16, 8, HEAD), struct(24, 8, HEAD)))
        .hasValue("the sizes differ: 16 and 24 bytes");
    assertThat(LayoutDifference.between(struct(16, 8, HEAD), struct(16, 16, HEAD)))
        .hasValue("the alignments differ: 8 and 16");
  }

  private static StructLayout struct(long size, long alignment, Member... members) {
    return new StructLayout("S", size, alignment, List.of(members));
  }
}
