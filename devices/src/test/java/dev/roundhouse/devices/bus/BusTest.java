package dev.roundhouse.devices.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusTest {
  private final List<String> warnings = new ArrayList<>();
  private final List<String> accesses = new ArrayList<>();
  private final Bus bus =
      new Bus(
          new AddressRange(0xFC000000L, 0x04000000L),
          (where, what) -> warnings.add(where + ": " + what));

  private MmioDevice device(String name) {
    return new MmioDevice() {
      @Override
      public long read(int offset, int bytes) {
        accesses.add(name + " r" + bytes + " " + offset);
        return 42;
      }

      @Override
      public void write(int offset, int bytes, long value) {
        accesses.add(name + " w" + bytes + " " + offset + " " + value);
      }
    };
  }

  @Test
  void neighbouringDevicesGetTheirOwnOffsets() {
    bus.attach(new AddressRange(0xFE201000L, 0x200), "a", device("a"));
    bus.attach(new AddressRange(0xFE201200L, 0x400), "b", device("b"));
    assertThat(bus.read(0xFE2011FCL, 4)).isEqualTo(42);
    bus.write(0xFE201200L, 1, 7);
    bus.read(0xFE2015F8L, 8);
    assertThat(accesses).containsExactly("a r4 508", "b w1 0 7", "b r8 1016");
  }

  @Test
  void anAddressWithoutDeviceReadsZeroAndWarnsOnce() {
    assertThat(bus.read(0xFD000004L, 4)).isZero();
    bus.read(0xFD000004L, 4);
    bus.write(0xFD000004L, 4, 1);
    bus.write(0xFD000008L, 4, 1);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.getFirst()).contains("0xfd000004");
  }

  @Test
  void noAddressThrowsNorGivesEndlessWarnings() {
    for (long address : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0xFBFFFFFFL, 1L << 32}) {
      assertThat(bus.read(address, 8)).isZero();
      bus.write(address, 8, 1);
    }
    for (long address = 0xFC000000L; address < 0xFC100000L; address += 4) {
      bus.read(address, 4);
    }
    assertThat(warnings).hasSize(64);
    assertThat(warnings.getLast()).contains("no more");
  }

  @Test
  void devicesMayNotOverlapNorLeaveTheSpace() {
    bus.attach(new AddressRange(0xFE201000L, 0x400), "a", device("a"));
    assertThatThrownBy(() -> bus.attach(new AddressRange(0xFE201200L, 0x200), "b", device("b")))
        .hasMessageContaining("overlaps a");
    assertThatThrownBy(() -> bus.attach(new AddressRange(0xFE202100L, 0x200), "c", device("c")))
        .hasMessageContaining("multiples");
    assertThatThrownBy(() -> bus.attach(new AddressRange(0xFBFFFE00L, 0x400), "d", device("d")))
        .hasMessageContaining("no room");
  }

  @Test
  void rangesAreSafeAgainstOverflow() {
    AddressRange ram = new AddressRange(0x200000, 0x7FE00000L);
    assertThat(ram.contains(0x200000)).isTrue();
    assertThat(ram.contains(0x1FFFFF)).isFalse();
    assertThat(ram.contains(0x80000000L)).isFalse();
    assertThat(ram.contains(0x80000000L, 0)).isTrue();
    assertThat(ram.contains(0x80000001L, 0)).isFalse();
    assertThat(ram.contains(0x7FFFFFF8L, 8)).isTrue();
    assertThat(ram.contains(0x7FFFFFF8L, 9)).isFalse();
    assertThat(ram.contains(0x300000, Long.MAX_VALUE)).isFalse();
    assertThat(ram.contains(0x300000, -1)).isFalse();
    assertThat(ram.contains(0x300000, Long.MIN_VALUE)).isFalse();
    assertThat(ram.contains(-1, 8)).isFalse();
    assertThat(ram.contains(Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
    assertThat(ram.overlaps(new AddressRange(0, 0x200000))).isFalse();
    assertThat(ram.overlaps(new AddressRange(0, 0x200001))).isTrue();
    assertThatThrownBy(() -> new AddressRange(1, Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
