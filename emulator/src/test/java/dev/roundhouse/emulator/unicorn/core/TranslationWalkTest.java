package dev.roundhouse.emulator.unicorn.core;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.cpu.GuestWindow;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class TranslationWalkTest {
  private static final long LEVEL_1 = 0x1000;
  private static final long LEVEL_2 = 0x2000;
  private static final long LEVEL_3 = 0x3000;
  private static final long THIRTY_TWO_BITS = 32;
  private final MemorySegment memory = Arena.ofAuto().allocate(0x10000);
  private final TranslationWalk walk =
      new TranslationWalk(
          new GuestWindow(0, memory), LEVEL_1, 0, THIRTY_TWO_BITS | THIRTY_TWO_BITS << 16);

  TranslationWalkTest() {
    set(LEVEL_1, LEVEL_2 | 3);
    set(LEVEL_1 + 8, 0x8000_0000L | 1);
    set(LEVEL_2, LEVEL_3 | 3);
    set(LEVEL_2 + 8, 0x60_0000L | 1);
    set(LEVEL_3 + 5 * 8, 0x9000 | 3);
    set(LEVEL_3 + 6 * 8, 0xA000 | 1);
  }

  private void set(long address, long descriptor) {
    memory.set(JAVA_LONG, address, descriptor);
  }

  @Test
  void pagesAndBlocksAreFoundAtTheirLevels() {
    assertThat(walk.physical(0x5123)).isEqualTo(0x9123);
    assertThat(walk.physical(0x20_0008)).isEqualTo(0x60_0008);
    assertThat(walk.physical(0x4000_1234)).isEqualTo(0x8000_1234L);
  }

  @Test
  void whatIsNotMappedIsNothing() {
    assertThat(walk.physical(0x6000)).isEqualTo(TranslationWalk.NOTHING);
    assertThat(walk.physical(0x7000)).isEqualTo(TranslationWalk.NOTHING);
    assertThat(walk.physical(0x8000_0000L)).isEqualTo(TranslationWalk.NOTHING);
    assertThat(walk.physical(0x1_0000_0000L)).isEqualTo(TranslationWalk.NOTHING);
    assertThat(walk.physical(-1)).isEqualTo(TranslationWalk.NOTHING);
  }

  @Test
  void tablesOutsideOfRamAreNothing() {
    var lost = new TranslationWalk(new GuestWindow(0, memory), 0x7FFF_F000L, 0, THIRTY_TWO_BITS);
    assertThat(lost.physical(0x5123)).isEqualTo(TranslationWalk.NOTHING);
    var strange = new TranslationWalk(new GuestWindow(0, memory), LEVEL_1, 0, 63);
    assertThat(strange.physical(0)).isEqualTo(TranslationWalk.NOTHING);
  }
}
