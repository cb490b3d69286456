package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;

/**
 * A UART's end of its line: who is at the far end, clear to send, request to send, and hardware
 * flow control by them (PL011 TRM, DDI 0183, 2.4.6, 2.7 and 3.3.8; BCM2711 ARM Peripherals, 2.2;
 * SC16IS752 data sheet, 7.2). In loopback clear to send is request to send.
 */
final class UartLine {
  private final UartServices uart;
  private SerialPeer farEnd = new OpenLine();
  private Signal input = Signal.ASSERTED;
  private Signal clearToSend = Signal.ASSERTED;
  private Signal requestToSend = Signal.NEGATED;

  UartLine(UartServices uart) {
    this.uart = uart;
  }

  void attach(SerialPeer newFarEnd) {
    farEnd = newFarEnd;
    farEnd.requestToSend(requestToSend);
  }

  SerialPeer farEnd() {
    return farEnd;
  }

  /** The far end drives clear to send. */
  void setClearToSend(Signal state) {
    input = state;
    updateClearToSend();
  }

  /** CTS as the UART sees it. */
  Signal clearToSend() {
    return clearToSend;
  }

  /** Lets both signals follow the registers and the receive FIFO. */
  void update() {
    Signal wanted = uart.settings().requestsToSend() ? Signal.ASSERTED : Signal.NEGATED;
    if (wanted != requestToSend) {
      requestToSend = wanted;
      farEnd.requestToSend(wanted);
    }
    updateClearToSend();
  }

  private void updateClearToSend() {
    Signal seen = uart.settings().isLooped() ? requestToSend : input;
    if (seen != clearToSend) {
      clearToSend = seen;
      uart.interrupts().begins(UartCondition.CLEAR_TO_SEND);
    }
  }

  /** Whether a frame may start: the transmitter is on, and what it heeds is clear. */
  boolean letsFramesStart() {
    return isOnForSending() && !isHeldByClearToSend();
  }

  /** Whether nothing but clear to send keeps frames from starting. */
  boolean isHeldOnlyByClearToSend() {
    return isOnForSending() && isHeldByClearToSend();
  }

  /** Whether frames cannot start until the registers say otherwise. */
  boolean isOff() {
    return !isOnForSending();
  }

  private boolean isOnForSending() {
    return uart.settings().transmits() && uart.settings().timing().hasRate();
  }

  private boolean isHeldByClearToSend() {
    return uart.settings().heedsClearToSend() && clearToSend == Signal.NEGATED;
  }

  /** Whether the receiver is on. */
  boolean isOnForReceiving() {
    return uart.settings().receives() && uart.settings().timing().hasRate();
  }

  /** Whether frames from the far end are received. */
  boolean hearsFarEnd() {
    return isOnForReceiving() && !uart.settings().isLooped();
  }
}
