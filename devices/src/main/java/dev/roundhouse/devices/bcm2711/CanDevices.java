package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.mcp2515.Mcp2515;
import dev.roundhouse.devices.spi.Spi0;

/**
 * SPI0 with an MCP2515 at its chip select 0 whose INT is wired to pin 17, as on the boards of CS452
 * since 2026.
 */
final class CanDevices {
  private static final int INT_PIN = 17;

  private final Spi0 spi;
  private final Mcp2515 controller;

  /** With a bus that leads nowhere. */
  CanDevices(BoardServices board, CanBus nowhere, Gpio gpio, IrqLine irq) {
    spi = new Spi0(board, gpio, irq);
    controller = new Mcp2515(board, nowhere, level -> gpio.drive(INT_PIN, level));
    spi.connect(0, controller.spi());
    gpio.addSource(controller::mayStillInterrupt);
  }

  MmioDevice registers() {
    return spi.registers();
  }

  void connect(CanBus bus) {
    controller.connect(bus);
  }

  void disconnect() {
    controller.disconnect();
  }

  /** Whether SPI0's interrupt may come without any task doing anything. */
  boolean mayStillInterrupt() {
    return spi.mayStillInterrupt();
  }
}
