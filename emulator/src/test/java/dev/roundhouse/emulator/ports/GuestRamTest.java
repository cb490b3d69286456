package dev.roundhouse.emulator.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestRamTest {
  private static final long BASE = 0x1000;
  private final GuestRam ram = new GuestRam(BASE, MemorySegment.ofArray(new byte[0x100]));
  private final List<String> written = new ArrayList<>();

  GuestRamTest() {
    ram.watchedBy((start, end) -> written.add("%x-%x".formatted(start, end)));
  }

  @Test
  void wordsAreLittleEndianAndNeedNotBeAligned() {
    ram.putLong(BASE + 1, 0x1122334455667788L);
    assertThat(ram.getByte(BASE + 1)).isEqualTo((byte) 0x88);
    assertThat(ram.getInt(BASE + 3)).isEqualTo(0x33445566);
    assertThat(ram.getLong(BASE + 1)).isEqualTo(0x1122334455667788L);
  }

  @Test
  void containsWhatLiesWhollyInside() {
    assertThat(ram.contains(BASE, 0x100)).isTrue();
    assertThat(ram.contains(BASE + 0xff, 1)).isTrue();
    assertThat(ram.contains(BASE + 0xff, 2)).isFalse();
    assertThat(ram.contains(BASE - 1, 2)).isFalse();
    assertThat(ram.contains(0, 1)).isFalse();
  }

  @Test
  void noLengthWrapsAround() {
    assertThat(ram.contains(BASE, -1)).isFalse();
    assertThat(ram.contains(BASE + 8, Long.MAX_VALUE)).isFalse();
    assertThat(ram.contains(-8, 16)).isFalse();
  }

  @Test
  void copiesOverlap() {
    ram.write(BASE, new byte[] {1, 2, 3, 4}, 0, 4);
    ram.copy(BASE, BASE + 1, 4);
    byte[] seen = new byte[5];
    ram.read(BASE, seen, 0, 5);
    assertThat(seen).containsExactly(1, 1, 2, 3, 4);
  }

  @Test
  void everyWriteIsToldToTheWatch() {
    ram.putByte(BASE, (byte) 1);
    ram.putInt(BASE + 4, 1);
    ram.putLong(BASE + 8, 1);
    ram.copy(BASE, BASE + 0x20, 3);
    ram.write(BASE + 0x30, new byte[5], 0, 5);
    ram.fill(BASE + 0x40, 7, (byte) 1);
    assertThat(written)
        .containsExactly(
            "1000-1001", "1004-1008", "1008-1010", "1020-1023", "1030-1035", "1040-1047");
  }

  @Test
  void anAccessOutsideIsOurBug() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> ram.getLong(BASE + 0xfc));
  }
}
