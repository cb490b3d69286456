package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.uart.BoardUart;
import java.util.List;

/**
 * An SC16IS752, a dual UART on an SPI bus (NXP data sheet SC16IS752_SC16IS762, 9 and 10), as CS452
 * of early 2023 had it: a 14.7456 MHz crystal, and IRQ, active low, at a pin with a pull-up. The
 * first byte of a transaction is the address, each further one goes to that register or comes from
 * it, so that a FIFO is read or filled in one.
 */
public final class Sc16is752 implements SpiDevice {
  private static final int CHANNELS = 2;
  private static final int READ = 1 << 7;
  private static final int REGISTER_SHIFT = 3;
  private static final int REGISTER_MASK = 0xF;
  private static final int CHANNEL_SHIFT = 1;
  private static final int CHANNEL_MASK = 3;
  private static final int IO_CONTROL = 0xE;
  private static final int SOFTWARE_RESET = 1 << 3;

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

  /** Its channels A and B. */
  public List<BoardUart> uarts() {
    return List.of(channels);
  }

  /** Whether IRQ may change without any task doing anything. */
  public boolean mayStillInterrupt() {
    for (Sc16Channel channel : channels) {
      if (channel.mayStillInterrupt()) {
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
    boolean isRead = hasAddress && (address & READ) != 0;
    return isRead ? read(address >>> REGISTER_SHIFT & REGISTER_MASK) : 0;
  }

  @Override
  public void in(int value) {
    if (!hasAddress) {
      hasAddress = true;
      address = value;
    } else if ((address & READ) == 0) {
      write(address >>> REGISTER_SHIFT & REGISTER_MASK, value);
    }
  }

  private int channel() {
    return address >>> CHANNEL_SHIFT & CHANNEL_MASK;
  }

  private int read(int register) {
    if (register == IO_CONTROL) {
      return ioControl;
    }
    return channel() < CHANNELS ? channels[channel()].read(register) : 0;
  }

  private void write(int register, int value) {
    if (register == IO_CONTROL) {
      ioControl = value & ~SOFTWARE_RESET;
      if ((value & SOFTWARE_RESET) != 0) {
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
