package dev.roundhouse.devices.bus;

/**
 * Where on a board's bus the devices are that the kernel model drives: the first address of each.
 *
 * @param uart0 of the first PL011
 * @param uartSpacing from a PL011's to the next one's
 */
public record DeviceAddresses(
    long systemTimer,
    long powerManagement,
    long gpio,
    long uart0,
    long uartSpacing,
    long interruptDistributor,
    long interruptCpuInterface) {
  /** A PL011's. */
  public long uart(int number) {
    return uart0 + number * uartSpacing;
  }
}
