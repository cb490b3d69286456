package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.uart.LostBytes;
import dev.roundhouse.devices.uart.UartReceiver;
import dev.roundhouse.devices.uart.UartTransmitter;

/**
 * The interrupts of an SC16IS752's channel by their priority (data sheet, 7.5 and 8.5 to 8.7): line
 * status, receive timeout, receive level, transmit level, modem status.
 */
final class Sc16Interrupts {
  private static final int RECEIVE = 1;
  private static final int TRANSMIT = 1 << 1;
  private static final int LINE_STATUS = 1 << 2;
  private static final int MODEM_STATUS = 1 << 3;
  private static final int NONE = 0x01;
  private static final int BY_LINE_STATUS = 0x06;
  private static final int BY_TIMEOUT = 0x0C;
  private static final int BY_RECEIVE = 0x04;
  private static final int BY_TRANSMIT = 0x02;
  private static final int BY_MODEM = 0x00;
  private static final int LSR_OVERRUN = 1 << 1;
  private static final int LSR_PARITY = 1 << 2;
  private static final int LSR_FRAMING = 1 << 3;
  private static final int LSR_BREAK = 1 << 4;
  private static final int STATUS_FRAMING = 1;
  private static final int STATUS_PARITY = 1 << 1;
  private static final int STATUS_BREAK = 1 << 2;
  private static final int MSR_CTS_CHANGED = 1;
  private static final int MSR_CTS = 1 << 4;

  private final Runnable changed;
  private final LostBytes lost;
  private int enabled;
  private boolean atReceiveLevel;
  private boolean timedOut;
  private boolean atTransmitLevel = true;
  private boolean transmitPending;
  private boolean overrun;
  private boolean badFrame;
  private boolean modemPending;
  private int errors;

  /** No interrupts; {@code changed} runs when there may be some. */
  Sc16Interrupts(Runnable changed, LostBytes lost) {
    this.changed = changed;
    this.lost = lost;
  }

  void reset() {
    enabled = 0;
    transmitPending = false;
    timedOut = false;
    overrun = false;
    badFrame = false;
    modemPending = false;
    errors = 0;
    changed.run();
  }

  int enabled() {
    return enabled;
  }

  /** IER is written; room in the transmit FIFO is an interrupt at once. */
  void enable(int value, int room) {
    boolean isNew = (value & ~enabled & TRANSMIT) != 0;
    enabled = value;
    if (isNew && atTransmitLevel && room > 0) {
      transmitPending = true;
    }
    changed.run();
  }

  boolean isAsserted() {
    return source() != NONE;
  }

  /** IIR; reading takes the transmit interrupt back if it is the one. */
  int identify() {
    int source = source();
    if (source == BY_TRANSMIT) {
      transmitPending = false;
      changed.run();
    }
    return source;
  }

  private int source() {
    if (is(LINE_STATUS) && (overrun || badFrame)) {
      return BY_LINE_STATUS;
    }
    if (is(RECEIVE) && timedOut) {
      return BY_TIMEOUT;
    }
    if (is(RECEIVE) && atReceiveLevel) {
      return BY_RECEIVE;
    }
    if (is(TRANSMIT) && transmitPending) {
      return BY_TRANSMIT;
    }
    return is(MODEM_STATUS) && modemPending ? BY_MODEM : NONE;
  }

  private boolean is(int source) {
    return (enabled & source) != 0;
  }

  /** The errors of the character last read, as in UARTRSR. */
  void setErrors(int status) {
    errors = status;
  }

  /** The error bits of LSR, which reading it clears. */
  int takeLineErrors() {
    int bits =
        (overrun ? LSR_OVERRUN : 0)
            | ((errors & STATUS_PARITY) != 0 ? LSR_PARITY : 0)
            | ((errors & STATUS_FRAMING) != 0 ? LSR_FRAMING : 0)
            | ((errors & STATUS_BREAK) != 0 ? LSR_BREAK : 0);
    overrun = false;
    badFrame = false;
    changed.run();
    return bits;
  }

  /** CTS has changed. */
  void modemChanged() {
    modemPending = true;
    changed.run();
  }

  /** MSR; reading takes the interrupt back. */
  int takeModemStatus(Signal clearToSend) {
    int status =
        (modemPending ? MSR_CTS_CHANGED : 0) | (clearToSend == Signal.ASSERTED ? MSR_CTS : 0);
    modemPending = false;
    changed.run();
    return status;
  }

  /** What the transmitter does to them. */
  UartTransmitter.Events ofTransmitter() {
    return new UartTransmitter.Events() {
      @Override
      public void triggerReached() {
        atTransmitLevel = true;
        transmitPending = true;
        changed.run();
      }

      @Override
      public void triggerLeft() {
        atTransmitLevel = false;
        transmitPending = false;
        changed.run();
      }

      @Override
      public void overflowed() {
        lost.onTransmission();
      }
    };
  }

  /** What the receiver does to them. */
  UartReceiver.Events ofReceiver() {
    return new UartReceiver.Events() {
      @Override
      public void frameArrived(int errorBits) {
        badFrame |= errorBits != 0;
        changed.run();
      }

      @Override
      public void overrun() {
        overrun = true;
        lost.onReception();
        changed.run();
      }

      @Override
      public void triggerReached() {
        atReceiveLevel = true;
        changed.run();
      }

      @Override
      public void triggerLeft() {
        atReceiveLevel = false;
        changed.run();
      }

      @Override
      public void timedOut() {
        timedOut = true;
        changed.run();
      }

      @Override
      public void emptied() {
        timedOut = false;
        changed.run();
      }
    };
  }

  /** A character was read: the timeout counts anew. */
  void characterRead() {
    timedOut = false;
    changed.run();
  }

  /** Whether frames that come in make an interrupt. */
  boolean followReception() {
    return is(RECEIVE | LINE_STATUS);
  }

  /** Whether frames that leave make an interrupt. */
  boolean followTransmission() {
    return is(TRANSMIT);
  }

  /** Whether changes of CTS make an interrupt. */
  boolean followModem() {
    return is(MODEM_STATUS);
  }
}
