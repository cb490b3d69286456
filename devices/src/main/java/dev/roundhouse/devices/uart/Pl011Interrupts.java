package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;

/**
 * The interrupt sources of a PL011 and its combined line (PL011 TRM, DDI 0183, 3.3.10 to 3.3.13).
 * The BCM2711 leaves out the modem sources other than CTS.
 */
final class Pl011Interrupts {
  static final int CTS = 1 << 1;
  static final int RECEIVE = 1 << 4;
  static final int TRANSMIT = 1 << 5;
  static final int RECEIVE_TIMEOUT = 1 << 6;
  static final int FRAMING = 1 << 7;
  static final int PARITY = 1 << 8;
  static final int BREAK = 1 << 9;
  static final int OVERRUN = 1 << 10;

  /** Sources that need a frame to come in. */
  static final int RECEPTION = RECEIVE | RECEIVE_TIMEOUT | FRAMING | PARITY | BREAK | OVERRUN;

  private final IrqLine line;
  private final LostBytes lost;
  private int raw;
  private int mask;
  private Level level = Level.LOW;

  Pl011Interrupts(IrqLine line, LostBytes lost) {
    this.line = line;
    this.lost = lost;
  }

  void raise(int sources) {
    raw |= sources;
    update();
  }

  void clear(int sources) {
    raw &= ~sources;
    update();
  }

  void setMask(int newMask) {
    mask = newMask;
    update();
  }

  /** What the transmitter does to it (PL011 TRM, 2.8.2). */
  UartTransmitter.Events ofTransmitter() {
    return new UartTransmitter.Events() {
      @Override
      public void triggerReached() {
        raise(TRANSMIT);
      }

      @Override
      public void triggerLeft() {
        clear(TRANSMIT);
      }

      @Override
      public void overflowed() {
        lost.onTransmission();
      }
    };
  }

  /** What the receiver does to it (PL011 TRM, 2.8.1, 2.8.3 and 2.8.4). */
  UartReceiver.Events ofReceiver() {
    return new UartReceiver.Events() {
      @Override
      public void frameArrived(int errors) {
        raise(sourcesOf(errors));
      }

      @Override
      public void overrun() {
        raise(OVERRUN);
        lost.onReception();
      }

      @Override
      public void triggerReached() {
        raise(RECEIVE);
      }

      @Override
      public void triggerLeft() {
        clear(RECEIVE);
      }

      @Override
      public void timedOut() {
        raise(RECEIVE_TIMEOUT);
      }

      @Override
      public void emptied() {
        clear(RECEIVE_TIMEOUT);
      }
    };
  }

  private static int sourcesOf(int errors) {
    return ((errors & UartReceiver.FRAMING_ERROR) != 0 ? FRAMING : 0)
        | ((errors & UartReceiver.PARITY_ERROR) != 0 ? PARITY : 0)
        | ((errors & UartReceiver.BREAK_ERROR) != 0 ? BREAK : 0);
  }

  int raw() {
    return raw;
  }

  int masked() {
    return raw & mask;
  }

  /** Whether any of {@code sources} may interrupt. */
  boolean isUnmasked(int sources) {
    return (mask & sources) != 0;
  }

  private void update() {
    Level now = Level.of((raw & mask) != 0);
    if (now != level) {
      level = now;
      line.set(now);
    }
  }
}
