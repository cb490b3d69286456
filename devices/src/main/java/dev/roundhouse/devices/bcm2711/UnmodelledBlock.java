package dev.roundhouse.devices.bcm2711;

import java.util.Arrays;

/**
 * What the chip has at addresses at which the board has no device (Linux, arch/arm/boot/dts,
 * bcm2711.dtsi and bcm283x.dtsi; BCM2711 ARM Peripherals, 1.2 and 6.5.2).
 */
enum UnmodelledBlock {
  GENET(0xFD580000L, 0x10000, "Ethernet"),
  PCIE(0xFD500000L, 0x10000, "PCI Express"),
  DMA(0xFE007000L, 0x1000, "DMA"),
  OLD_INTERRUPTS(
      0xFE00B200L,
      0x200,
      "the interrupt controller of a Raspberry Pi 3: interrupts come by the GIC at 0xff841000"),
  OLD_TIMER(
      0xFE00B400L, 0x200, "the Arm timer: use the system timer at 0xfe003000 or the generic timer"),
  RANDOM(0xFE104000L, 0x1000, "random numbers"),
  PCM(0xFE203000L, 0x1000, "PCM audio"),
  SPI(0xFE204000L, 0x800, "SPI0 to SPI6"),
  I2C(0xFE205000L, 0x800, "I2C"),
  EMMC(0xFE300000L, 0x1000, "the SD card (EMMC)"),
  EMMC2(0xFE340000L, 0x1000, "the SD card (EMMC2)"),
  I2C1(0xFE804000L, 0x1000, "I2C1"),
  USB(0xFE980000L, 0x10000, "USB"),
  LOCAL(
      0xFF800000L,
      0x1000,
      "local registers of the four cores and their mailboxes: other cores never start here");

  private final long start;
  private final long length;
  private final String text;

  UnmodelledBlock(long start, long length, String text) {
    this.start = start;
    this.length = length;
    this.text = text;
  }

  /** What is at an address, empty if that is not known. */
  static String at(long address) {
    return Arrays.stream(values())
        .filter(block -> address >= block.start && address - block.start < block.length)
        .map(block -> block.text)
        .findFirst()
        .orElse("");
  }
}
