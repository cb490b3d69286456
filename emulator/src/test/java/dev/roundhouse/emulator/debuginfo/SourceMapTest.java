package dev.roundhouse.emulator.debuginfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * places.elf is places.c by gcc 12 -O1 (DWARF 5), places-dwarf4.elf the same by -gdwarf-4 and with
 * frame pointers. --gc-sections dropped a function of each.
 */
class SourceMapTest {
  @ParameterizedTest
  @CsvSource({"places.elf,0x1cc", "places-dwarf4.elf,0x194"})
  void anInstructionIsNamedFromTheInnermostInlinedFunctionOutwards(String file, String outer)
      throws IOException {
    assertThat(places(file, Long.decode(outer)))
        .containsExactly(
            "././places.c:2 in innermost", "././places.c:5 in between", "././places.c:8 in outer");
    assertThat(places(file, Long.decode(outer) + 8))
        .containsExactly("././places.c:5 in between", "././places.c:8 in outer");
    assertThat(places(file, Long.decode(outer) + 12)).containsExactly("././places.c:10 in outer");
  }

  @ParameterizedTest
  @CsvSource({"places.elf,0x214,0x220", "places-dwarf4.elf,0x1e4,0x1f0"})
  void theLastRowOfAFunctionEndsWithIt(String file, String start, String end) throws IOException {
    assertThat(places(file, Long.decode(end) - 4)).containsExactly("././places.c:18 in _start");
    assertThat(places(file, Long.decode(end))).isEmpty();
    assertThat(places(file, Long.decode(start))).containsExactly("././places.c:17 in _start");
  }

  @ParameterizedTest
  @ValueSource(strings = {"places.elf", "places-dwarf4.elf"})
  void codeThatTheLinkerDroppedIsNowhere(String file) throws IOException {
    for (long address = 0; address < 0x180; address += 4) {
      assertThat(places(file, address)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "c.elf,0x1cc,./shared.c:7 in _start",
    "c-dwarf64.elf,0x1cc,./shared.c:7 in _start",
    "c-zlib.elf,0x1cc,./shared.c:7 in _start",
    "c-types-dwarf4.elf,0x25c,./shared.c:7 in _start",
    "rust.elf,0x1dc,./shared.rs:11 in shared::_start",
    "rust-dwarf5.elf,0x401000,shared.rs:11 in shared::_start"
  })
  void otherFormsAndCompilersAreRead(String file, String address, String place) throws IOException {
    assertThat(places(file, Long.decode(address)))
        .singleElement()
        .satisfies(found -> assertThat(found).endsWith(place));
  }

  @Test
  void aFileThatIsDamagedOrHasNothingNamesLess() throws IOException {
    assertThat(SourceMap.of(new byte[0]).at(0)).isEmpty();
    byte[] good = content("places.elf");
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int n = 0; n <= i % 7 && bad.length > 0x700; n++) {
        bad[0x600 + random.nextInt(bad.length - 0x600)] = (byte) random.nextInt();
      }
      SourceMap map = SourceMap.of(bad);
      for (long address = 0x1cc; address < 0x220; address += 16) {
        assertThat(map.at(address).size()).isLessThan(100);
      }
    }
  }

  private static List<String> places(String file, long address) throws IOException {
    return SourceMap.of(content(file)).at(address).stream()
        .map(frame -> "%s:%d in %s".formatted(frame.path(), frame.line(), frame.function()))
        .toList();
  }

  private static byte[] content(String file) throws IOException {
    try (var in = SourceMapTest.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }
}
