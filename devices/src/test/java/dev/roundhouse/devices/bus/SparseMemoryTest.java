package dev.roundhouse.devices.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SparseMemoryTest {
  private static final long START = 0x200000;
  private static final int LENGTH = 0x50000;

  private final SparseMemory memory = new SparseMemory(new AddressRange(START, LENGTH));

  @Test
  void freshMemoryIsZero() {
    assertThat(memory.getLong(START)).isZero();
    assertThat(memory.getByte(START + LENGTH - 1)).isZero();
  }

  @Test
  void wordsAreLittleEndianAndMayCrossPages() {
    for (long address : new long[] {START, START + 3, START + 0xFFFD, START + 0x1FFFF}) {
      memory.putLong(address, 0x1122334455667788L);
      assertThat(memory.getLong(address)).isEqualTo(0x1122334455667788L);
      assertThat(memory.getInt(address + 1)).isEqualTo(0x44556677);
      assertThat(memory.getByte(address + 7)).isEqualTo((byte) 0x11);
      memory.putInt(address + 2, 0xCAFEBABE);
      assertThat(memory.getLong(address)).isEqualTo(0x1122CAFEBABE7788L);
      memory.putByte(address, (byte) 0xFF);
      assertThat(memory.getInt(address)).isEqualTo(0xBABE77FF);
    }
  }

  @Test
  void anyCopyFillReadAndWriteDoesWhatAnArrayDoes() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] model = new byte[LENGTH];
    for (int step = 0; step < 300; step++) {
      int from = random.nextInt(LENGTH);
      int to = random.nextInt(LENGTH);
      int length = random.nextInt(LENGTH - Math.max(from, to) + 1);
      switch (random.nextInt(3)) {
        case 0 -> {
          memory.copy(START + from, START + to, length);
          System.arraycopy(model, from, model, to, length);
        }
        case 1 -> {
          byte value = (byte) random.nextInt(3);
          memory.fill(START + to, length, value);
          java.util.Arrays.fill(model, to, to + length, value);
        }
        default -> {
          byte[] bytes = new byte[length];
          random.nextBytes(bytes);
          memory.write(START + to, bytes, 0, length);
          System.arraycopy(bytes, 0, model, to, length);
        }
      }
    }
    byte[] all = new byte[LENGTH + 2];
    memory.read(START, all, 1, LENGTH);
    assertThat(java.util.Arrays.copyOfRange(all, 1, LENGTH + 1)).isEqualTo(model);
  }

  @Test
  void anAccessThatIsNotAllInRamThrows() {
    assertThatThrownBy(() -> memory.getLong(START + LENGTH - 7))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("0x24fff9");
    assertThatThrownBy(() -> memory.copy(START, START + 1, LENGTH))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> memory.fill(START - 1, 1, (byte) 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> memory.read(-8, new byte[8], 0, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(memory.contains(START + LENGTH, 0)).isTrue();
  }
}
