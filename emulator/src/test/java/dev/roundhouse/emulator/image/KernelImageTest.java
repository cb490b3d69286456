package dev.roundhouse.emulator.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelImageTest {
  private static final long RAM = 0x1000_0000L;
  private static final int HEADERS = 64 + 56;

  /** A file with one segment of four bytes, linked at 0xFFFF000000080000 for 0x80000. */
  private static ByteBuffer elf() {
    ByteBuffer file = ByteBuffer.allocate(HEADERS + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
    file.putShort(16, (short) 2).putShort(18, (short) 183);
    file.putLong(24, 0xFFFF_0000_0008_0000L).putLong(32, 64);
    file.putShort(54, (short) 56).putShort(56, (short) 1);
    file.putInt(64, 1).putLong(64 + 8, HEADERS);
    file.putLong(64 + 16, 0xFFFF_0000_0008_0000L).putLong(64 + 24, 0x80000);
    file.putLong(64 + 32, 4).putLong(64 + 40, 4096);
    return file.putInt(HEADERS, 0x1234_5678);
  }

  @Test
  void anImageGoesTo0x80000() throws KernelImageException {
    KernelImage image = KernelImage.parse("kernel8.img", new byte[] {1, 2, 3, 4});
    SparseMemory memory = new SparseMemory(new AddressRange(0, RAM));
    image.requireRoom(RAM);
    image.place(memory);
    assertThat(image.entry()).isEqualTo(0x80000);
    assertThat(memory.getInt(0x80000)).isEqualTo(0x04030201);
  }

  @Test
  void anElfGoesToItsPhysicalAddressesAndStartsThere() throws KernelImageException {
    KernelImage image = KernelImage.parse("kernel.elf", elf().array());
    SparseMemory memory = new SparseMemory(new AddressRange(0, RAM));
    image.requireRoom(RAM);
    image.place(memory);
    assertThat(image.entry()).isEqualTo(0x80000);
    assertThat(memory.getInt(0x80000)).isEqualTo(0x1234_5678);
  }

  @Test
  void textIsNoKernel() {
    byte[] text = "# A file that somebody took for kernel8.img\n".repeat(3).getBytes(US_ASCII);
    assertThatThrownBy(() -> KernelImage.parse("README.md", text))
        .isInstanceOf(KernelImageException.class)
        .hasMessage("README.md is text: give kernel8.img or kernel.elf itself");
  }

  @Test
  void anImageHasTheNamesOfTheFileThatItWasMadeOf() throws KernelImageException {
    KernelImage elf = KernelImage.parse("kernel.elf", elf().array());
    KernelImage image =
        KernelImage.parse("kernel8.img", new byte[] {0x78, 0x56, 0x34, 0x12}).madeOf(elf).get();
    assertThat(image.linked(0x80002)).isEqualTo(0xFFFF_0000_0008_0002L);
    assertThat(image.entry()).isEqualTo(0x80000);
  }

  @Test
  void aFileOfAnotherBuildIsNotWhatAnImageWasMadeOf() throws KernelImageException {
    KernelImage elf = KernelImage.parse("kernel.elf", elf().array());
    byte[][] others = {{0x78, 0x56, 0x34, 0x13}, {0x78, 0x56, 0x34, 0x12, 1}, {0x78, 0x56, 0x34}};
    for (byte[] other : others) {
      byte[] image = Arrays.copyOf(other, Math.max(other.length, 4));
      assertThat(KernelImage.parse("kernel8.img", image).madeOf(elf)).isEmpty();
    }
    KernelImage low = KernelImage.parse("low.elf", elf().putLong(64 + 24, 0).array());
    assertThat(KernelImage.parse("kernel8.img", new byte[4]).madeOf(low))
        .as("zeros are not made of what lies elsewhere")
        .isEmpty();
  }

  @Test
  void anImageCanBeLinkedForAnotherAddressThanItsOwn() throws KernelImageException {
    byte[] high = elf().putLong(64 + 24, 0xFFFF_0000_0008_0000L).array();
    KernelImage elf = KernelImage.parse("kernel.elf", high);
    KernelImage image = KernelImage.parse("kernel8.img", new byte[] {0x78, 0x56, 0x34, 0x12});
    assertThat(image.madeOf(elf).get().linked(0x80000)).isEqualTo(0xFFFF_0000_0008_0000L);
  }

  /** As of a linker script without ENTRY that puts .text.boot before .text. */
  @Test
  void anElfOfAnImageStartsAtTheImagesFirstByteWhateverItsHeaderSays() throws KernelImageException {
    KernelImage image =
        KernelImage.parse("kernel.elf", elf().putLong(24, 0xFFFF_0000_0008_0800L).array());
    assertThat(image.entry()).isEqualTo(0x80000);
  }

  @Test
  void anElfForAnotherAddressStartsAtItsEntryPoint() throws KernelImageException {
    KernelImage image =
        KernelImage.parse(
            "kernel.elf",
            elf().putLong(64 + 24, 0x20_0000).putLong(24, 0xFFFF_0000_0008_0800L).array());
    assertThat(image.entry()).isEqualTo(0x20_0800);
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsAddresses() throws KernelImageException {
    KernelImage image = KernelImage.parse("kernel8.img", new byte[0x10_0000]);
    assertThatThrownBy(() -> image.requireRoom(0x10_0000))
        .isInstanceOf(KernelImageException.class)
        .hasMessageContaining("kernel8.img does not fit into RAM")
        .hasMessageContaining("0x80000");
  }

  @Test
  void anotherMachinesFileIsRefused() {
    byte[] intel = elf().putShort(18, (short) 62).array();
    assertThatThrownBy(() -> KernelImage.parse("a.elf", intel))
        .isInstanceOf(KernelImageException.class)
        .hasMessageContaining("AArch64");
  }

  @Test
  void nothingIsRefused() {
    assertThatThrownBy(() -> KernelImage.parse("empty.img", new byte[0]))
        .isInstanceOf(KernelImageException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void aDamagedFileIsRefusedOrFits() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] file = elf().array();
      for (int change = 0; change < 3; change++) {
        file[4 + random.nextInt(HEADERS - 4)] = (byte) random.nextInt();
      }
      try {
        KernelImage image = KernelImage.parse("damaged", file);
        image.requireRoom(RAM);
        image.place(new SparseMemory(new AddressRange(0, RAM)));
      } catch (KernelImageException refused) {
        assertThat(refused).hasMessageContaining("damaged");
      }
    }
  }
}
