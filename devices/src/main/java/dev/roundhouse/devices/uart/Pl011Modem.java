package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.uart.UartTransmitter.Gate;

/**
 * The modem lines of a PL011, CTS in and RTS out, and hardware flow control by them (PL011 TRM, DDI
 * 0183, 2.4.6, 2.7 and 3.3.8).
 */
final class Pl011Modem {
  private final Pl011Interrupts interrupts;
  private final UartReceiver receiver;
  private final UartTransmitter transmitter;
  private SerialPeer peer = new OpenLine();
  private int control;
  private Signal input = Signal.ASSERTED;
  private Signal clearToSend = Signal.ASSERTED;
  private Signal requestToSend = Signal.NEGATED;

  Pl011Modem(Pl011Interrupts interrupts, UartReceiver receiver, UartTransmitter transmitter) {
    this.interrupts = interrupts;
    this.receiver = receiver;
    this.transmitter = transmitter;
    receiver.whenLevelPasses(this::updateRequestToSend);
  }

  void attach(SerialPeer farEnd) {
    peer = farEnd;
    farEnd.requestToSend(requestToSend);
  }

  /** UARTCR has a new value. */
  void setControl(int value) {
    control = value;
    updateRequestToSend();
    updateClearToSend();
  }

  void setClearToSend(Signal state) {
    input = state;
    updateClearToSend();
  }

  /** CTS as the UART sees it. */
  Signal clearToSend() {
    return clearToSend;
  }

  Signal requestToSend() {
    return requestToSend;
  }

  /** RTS follows its bit or, with RTSEN, the room up to the receive level. */
  private void updateRequestToSend() {
    boolean asserted =
        Pl011Layout.RTS_ENABLE.isSetIn(control)
            ? !receiver.isAtTrigger()
            : Pl011Layout.REQUEST_TO_SEND.isSetIn(control);
    Signal state = asserted ? Signal.ASSERTED : Signal.NEGATED;
    if (state != requestToSend) {
      requestToSend = state;
      peer.requestToSend(state);
      updateClearToSend();
    }
  }

  /** In loopback CTS is RTS; with CTSEN the next frame waits for it. */
  private void updateClearToSend() {
    Signal seen = Pl011Layout.LOOPBACK.isSetIn(control) ? requestToSend : input;
    if (seen != clearToSend) {
      clearToSend = seen;
      interrupts.raise(Pl011Interrupts.CTS);
    }
    boolean held = Pl011Layout.CTS_ENABLE.isSetIn(control) && seen == Signal.NEGATED;
    transmitter.gateByClearToSend(held ? Gate.SHUT : Gate.OPEN);
  }
}
