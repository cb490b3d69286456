package dev.roundhouse.emulator.debuginfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.debuginfo.StructLayout.Member;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** c.elf is shared.c by gcc 12 (DWARF 5), rust.elf is shared.rs by rustc 1.96 (DWARF 4). */
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
            new Member("high", 18, 1, "unsigned int, 5 bits from bit 3 on", 0),
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
  @ValueSource(strings = {"c-zlib.elf", "c-dwarf64.elf"})
  void compressedAndLongDwarfSayTheSame(String file) throws Exception {
    assertThat(only(read(file), "Padded")).isEqualTo(only(read("c.elf"), "Padded"));
    assertThat(read(file).names()).isEqualTo(read("c.elf").names());
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
  void aStructureMadeOfItselfIsRefused() {
    Entry struct = new Entry(Tag.STRUCTURE, "");
    struct.name = "Endless";
    struct.size = 16;
    for (int i = 0; i < 2; i++) {
      Entry member = new Entry(Tag.MEMBER, "");
      member.type = 1;
      struct.parts.add(member);
    }
    DebugInfo info = new DebugInfo(Map.of(1L, struct));
    assertThatThrownBy(() -> info.structs("Endless")).isInstanceOf(DebugInfoException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c.elf", "c-zlib.elf", "c-dwarf64.elf"})
  void noDamageToAFileIsMoreThanAnError(String name) throws IOException {
    byte[] file = bytes(name);
    int refused = 0;
    for (int i = 0; i < file.length; i++) {
      for (int damage : List.of(0x01, 0x80, 0xff)) {
        byte[] damaged = file.clone();
        damaged[i] ^= (byte) damage;
        refused += outcome(damaged);
      }
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
