package dev.roundhouse.emulator.debuginfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.debuginfo.StructLayout.Bits;
import dev.roundhouse.emulator.debuginfo.StructLayout.Member;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * c.elf is shared.c by gcc 12 (DWARF 5), rust.elf is shared.rs by rustc 1.96 (DWARF 4). The others
 * are made of the same by -gz, -gdwarf64, -fdebug-types-section, -gsplit-dwarf, -g1, and objcopy.
 */
class DebugInfoTest {
  @Test
  void aStructureInCIsReadWithItsPaddingBitsAndArrays() throws Exception {
    StructLayout padded = only(read("c.elf"), "Padded");
    assertThat(padded.size()).isEqualTo(152);
    assertThat(padded.alignment()).isEqualTo(8);
    assertThat(padded.members())
        .contains(
            new Member("c", 0, 1, "char", 0),
            new Member("wide", 8, 8, "uint64_t", 0),
            new Member("low", 18, 1, "unsigned int", Optional.of(new Bits(0, 3)), 0),
            new Member("high", 18, 1, "unsigned int", Optional.of(new Bits(3, 5)), 0),
            new Member("p", 24, 8, "pointer", 0),
            new Member("grid", 32, 48, "int[3][4]", 0),
            new Member("u.f", 144, 4, "float", 1));
  }

  @Test
  void aTypedefNamesAStructureWithoutAName() throws Exception {
    StructLayout report = only(read("c.elf"), "TrainReport");
    assertThat(report.size()).isEqualTo(80);
    assertThat(report.members()).contains(new Member("sensors.view", 40, 16, "uint64_t[2]", 1));
  }

  @Test
  void aStructureThatPointsToItselfEnds() throws Exception {
    assertThat(only(read("c.elf"), "Node").members())
        .contains(new Member("next", 0, 8, "pointer", 0), new Member("at.y", 12, 4, "int", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c-zlib.elf",
        "c-zlib-gnu.elf",
        "c-dwarf64.elf",
        "c-types.elf",
        "c-types-dwarf4.elf"
      })
  void compressedAndLongDwarfAndUnitsOfTypesSayTheSame(String file) throws Exception {
    assertThat(only(read(file), "Padded")).isEqualTo(only(read("c.elf"), "Padded"));
    assertThat(only(read(file), "TrainReport")).isEqualTo(only(read("c.elf"), "TrainReport"));
    assertThat(read(file).names()).containsAll(read("c.elf").names());
    assertThat(read(file).isSplit()).isFalse();
  }

  @Test
  void namesByIndexAreRead() throws Exception {
    DebugInfo info = read("rust-dwarf5.elf");
    assertThat(only(info, "shared::trains::TrainReport"))
        .isEqualTo(only(read("rust.elf"), "shared::trains::TrainReport"));
  }

  @Test
  void aRustStructureIsReadInTheOrderOfMemory() throws Exception {
    StructLayout reordered = only(read("rust.elf"), "Reordered");
    assertThat(reordered.members())
        .filteredOn(member -> member.depth() == 0)
        .extracting(Member::name)
        .containsExactly("maybe", "wide", "middle", "small");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rust.elf", "rust-dwarf5.elf"})
  void theVariantsOfARustEnumAreItsMembers(String file) throws Exception {
    StructLayout reordered = only(read(file), "Reordered");
    assertThat(reordered.members())
        .filteredOn(member -> member.name().startsWith("maybe."))
        .extracting(Member::name)
        .contains("maybe.None", "maybe.Some", "maybe.Some.__0");
    assertThat(reordered.members())
        .filteredOn(member -> member.name().equals("maybe.Some.__0"))
        .extracting(member -> member.offset() + ", " + member.size())
        .containsExactly("4, 4");
  }

  @Test
  void namespacesTellStructuresOfTheSameNameApart() throws Exception {
    DebugInfo info = read("rust.elf");
    assertThat(info.structs("TrainReport")).hasSize(2);
    assertThat(only(info, "other::TrainReport").size()).isEqualTo(8);
    assertThat(only(info, "shared::trains::TrainReport").size()).isEqualTo(80);
    assertThat(info.structs("port")).isEmpty();
    assertThat(info.names()).contains("shared::trains::Reordered");
  }

  @Test
  void aFileWithoutDebugInformationSaysSo() {
    assertThatThrownBy(() -> DebugInfo.read(new byte[100]))
        .isInstanceOf(DebugInfoException.class)
        .hasMessage("is no 64-bit little-endian ELF file");
    byte[] empty = Arrays.copyOf(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 64);
    assertThatThrownBy(() -> DebugInfo.read(empty))
        .isInstanceOf(DebugInfoException.class)
        .hasMessageContaining("build it with -g");
  }

  @Test
  void zstdAndObjectFilesAreRefusedWithWhatToDo() throws IOException {
    assertThatThrownBy(() -> read("c-zstd.elf"))
        .isInstanceOf(DebugInfoException.class)
        .hasMessageContainingAll("zstd", "objcopy --decompress-debug-sections");
    byte[] object = bytes("c.elf");
    object[0x10] = 1;
    assertThatThrownBy(() -> DebugInfo.read(object))
        .isInstanceOf(DebugInfoException.class)
        .hasMessageContaining("is an object file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c-split.elf", "c-split-dwarf4.elf"})
  void aFileWhoseDebugInformationLiesElsewhereSaysSo(String file) throws Exception {
    assertThat(read(file).isSplit()).isTrue();
    assertThat(read(file).names()).isEmpty();
  }

  @Test
  void compressedSectionsThatWouldFillTheMemoryAreRefused() throws IOException {
    byte[] file = bytes("c-zlib.elf");
    for (long size : new long[] {1L << 30, Long.MAX_VALUE, -1}) {
      byte[] claiming = file.clone();
      ByteBuffer.wrap(claiming)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(offsetOfDebugInfo(claiming) + 8, size);
      assertThatThrownBy(() -> DebugInfo.read(claiming)).isInstanceOf(DebugInfoException.class);
    }
  }

  /**
   * The compression header of the largest section, found by its beginning: zlib, reserved zeros.
   */
  private static int offsetOfDebugInfo(byte[] file) {
    for (int at = 0; at < file.length - 24; at += 1) {
      if (file[at] == 1
          && Arrays.equals(file, at + 1, at + 8, new byte[7], 0, 7)
          && file[at + 24] == 0x78) {
        return at;
      }
    }
    throw new AssertionError("no compressed section");
  }

  @Test
  void aStructureComesBeforeTheVariantOfItsName() throws Exception {
    Entry struct = new Entry(Tag.STRUCTURE, "trains");
    struct.name = "Report";
    struct.size = 16;
    Entry variant = new Entry(Tag.STRUCTURE, "trains::Request");
    variant.name = "Report";
    variant.size = 8;
    variant.isInsideRecord = true;
    DebugInfo info = new DebugInfo(new DebugInfo.Contents(Map.of(1L, struct, 2L, variant), false));
    assertThat(only(info, "Report").size()).isEqualTo(16);
    assertThat(only(info, "Request::Report").size()).isEqualTo(8);
  }

  @Test
  void structuresOfOneNameWithoutEndAreRefusedSoon() {
    Map<Long, Entry> entries = new LinkedHashMap<>();
    for (long i = 1; i < 200_000; i++) {
      Entry struct = new Entry(Tag.STRUCTURE, "");
      struct.name = "Many";
      struct.size = i;
      entries.put(i, struct);
    }
    DebugInfo info = new DebugInfo(new DebugInfo.Contents(entries, false));
    assertThatThrownBy(() -> info.structs("Many"))
        .isInstanceOf(DebugInfoException.class)
        .hasMessageContaining("more than 1000 different structures");
  }

  @Test
  void aStructureMadeOfItselfIsRefused() {
    Entry struct = new Entry(Tag.STRUCTURE, "");
    struct.name = "Endless";
    struct.size = 16;
    for (int i = 0; i < 2; i++) {
      Entry member = new Entry(Tag.MEMBER, "");
      member.type = 1;
      struct.parts.add(member);
    }
    DebugInfo info = new DebugInfo(new DebugInfo.Contents(Map.of(1L, struct), false));
    assertThatThrownBy(() -> info.structs("Endless")).isInstanceOf(DebugInfoException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c.elf", "c-zlib.elf", "c-dwarf64.elf", "c-types-dwarf4.elf"})
  void noDamageToAFileIsMoreThanAnError(String name) throws IOException {
    byte[] file = bytes(name);
    int refused = 0;
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= (byte) (1 << i % Byte.SIZE);
      refused += outcome(damaged);
    }
    for (int length = 0; length < file.length; length += 7) {
      refused += outcome(Arrays.copyOf(file, length));
    }
    assertThat(refused).isGreaterThan(1000);
  }

  private static int outcome(byte[] file) {
    try {
      DebugInfo info = DebugInfo.read(file);
      for (String name : info.names()) {
        info.structs(name);
      }
      return 0;
    } catch (DebugInfoException _) {
      return 1;
    }
  }

  private static StructLayout only(DebugInfo info, String name) throws DebugInfoException {
    List<StructLayout> found = info.structs(name);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static DebugInfo read(String file) throws IOException, DebugInfoException {
    return DebugInfo.read(bytes(file));
  }

  private static byte[] bytes(String file) throws IOException {
    try (var in = DebugInfoTest.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }
}
