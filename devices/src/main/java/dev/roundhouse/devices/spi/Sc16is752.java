package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.uart.Uart;
import java.util.List;
import java.util.stream.Stream;

/**
 * An SC16IS752, a dual UART on an SPI bus (NXP data sheet SC16IS752_SC16IS762, 9 and 10), as CS452
 * of early 2023 had it: a 14.7456 MHz crystal, and IRQ, active low, at a pin with a pull-up. The
 * first byte of a transaction is the address, each further one goes to that register or comes from
 * it, so that a FIFO is read or filled in one.
 */
public final class Sc16is752 implements SpiDevice {
  private static final int CHANNELS = 2;
  private static final Field READ = Field.bit("R/W", 7);
  private static final Field REGISTER = Field.of("A[3:0]", 3, 4);
  private static final Field CHANNEL = Field.of("CH[1:0]", 1, 2);
  private static final int IO_CONTROL = 0xE;
  private static final Field SOFTWARE_RESET = Field.bit("SRESET", 3);

  private final Sc16Channel[] channels = new Sc16Channel[CHANNELS];
  private final IrqLine irqPin;
  private boolean hasAddress;
  private int address;
  private int ioControl;

  /** A chip after reset. */
  public Sc16is752(BoardServices board, IrqLine irqPin) {
    this.irqPin = irqPin;
    for (int n = 0; n < CHANNELS; n++) {
      channels[n] = new Sc16Channel("sc" + n, board, this::update);
    }
    irqPin.set(Level.HIGH);
  }

  /** Channels A and B. */
  public List<Uart> uarts() {
    return Stream.of(channels).map(Sc16Channel::uart).toList();
  }

  /** Whether IRQ may change without any task doing anything. */
  public boolean mayStillInterrupt() {
    for (Sc16Channel channel : channels) {
      if (channel.uart().mayStillInterrupt()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void selected() {
    hasAddress = false;
  }

  @Override
  public int out() {
    boolean isRead = hasAddress && READ.isSetIn(address);
    return isRead ? read(REGISTER.in(address)) : 0;
  }

  @Override
  public void in(int value) {
    if (!hasAddress) {
      hasAddress = true;
      address = value;
    } else if (!READ.isSetIn(address)) {
      write(REGISTER.in(address), value);
    }
  }

  private int channel() {
    return CHANNEL.in(address);
  }

  private int read(int register) {
    if (register == IO_CONTROL) {
      return ioControl;
    }
    return channel() < CHANNELS ? channels[channel()].read(register) : 0;
  }

  private void write(int register, int value) {
    if (register == IO_CONTROL) {
      ioControl = value & ~SOFTWARE_RESET.mask();
      if (SOFTWARE_RESET.isSetIn(value)) {
        for (Sc16Channel channel : channels) {
          channel.reset();
        }
      }
    } else if (channel() < CHANNELS) {
      channels[channel()].write(register, value);
    }
  }

  private void update() {
    boolean asks = false;
    for (Sc16Channel channel : channels) {
      asks |= channel != null && channel.interrupts();
    }
    irqPin.set(asks ? Level.LOW : Level.HIGH);
  }
}
