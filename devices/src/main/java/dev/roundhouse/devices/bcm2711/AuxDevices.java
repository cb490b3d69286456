package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.spi.AuxSpi;
import dev.roundhouse.devices.spi.Sc16is752;
import dev.roundhouse.devices.spi.SpiUnit;
import dev.roundhouse.devices.uart.MiniUart;
import dev.roundhouse.devices.uart.Uart;
import java.util.List;

/**
 * What is behind the auxiliary block: the mini UART, SPI1 with an SC16IS752 at its chip select 0
 * whose IRQ is wired to pin 24, as on the boards of CS452 of early 2023, and SPI2 with nothing.
 */
final class AuxDevices {
  private static final int DUAL_UART_IRQ_PIN = 24;

  private final AuxiliaryBlock aux;
  private final MiniUart miniUart;
  private final AuxSpi spi1;
  private final AuxSpi spi2;
  private final Sc16is752 dualUart;

  AuxDevices(BoardServices board, Gpio gpio, IrqLine irq) {
    aux = new AuxiliaryBlock(board, irq);
    miniUart = new MiniUart(board, aux);
    spi1 = new AuxSpi(board, gpio, aux, SpiUnit.SPI1);
    spi2 = new AuxSpi(board, gpio, aux, SpiUnit.SPI2);
    dualUart = new Sc16is752(board, level -> gpio.drive(DUAL_UART_IRQ_PIN, level));
    spi1.connect(0, dualUart);
    gpio.addSource(dualUart::mayStillInterrupt);
  }

  MmioDevice registers() {
    return aux.registers();
  }

  Uart miniUart() {
    return miniUart.uart();
  }

  /** Channels A and B of the SC16IS752. */
  List<Uart> dualUart() {
    return dualUart.uarts();
  }

  /** Whether the block's interrupt may come without any task doing anything. */
  boolean mayStillInterrupt() {
    return miniUart.uart().mayStillInterrupt()
        || spi1.mayStillInterrupt()
        || spi2.mayStillInterrupt();
  }
}
