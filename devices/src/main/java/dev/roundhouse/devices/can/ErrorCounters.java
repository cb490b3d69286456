package dev.roundhouse.devices.can;

/**
 * The error counters of a station and what follows from them (ISO 11898-1, 12.1.4, "fault
 * confinement": the rules a to h).
 */
final class ErrorCounters {
  private static final int PASSIVE = 128;
  private static final int BUS_OFF = 256;
  private static final int MOST_RECEIVE = 255;
  private static final int STEP = 8;

  private int transmit;
  private int receive;

  int transmit() {
    return transmit;
  }

  int receive() {
    return receive;
  }

  Confinement state() {
    if (transmit >= BUS_OFF) {
      return Confinement.BUS_OFF;
    }
    return transmit >= PASSIVE || receive >= PASSIVE ? Confinement.PASSIVE : Confinement.ACTIVE;
  }

  void clear() {
    transmit = 0;
    receive = 0;
  }

  void sent() {
    transmit = Math.max(0, transmit - 1);
  }

  void sendingFailed() {
    transmit = Math.min(BUS_OFF, transmit + STEP);
  }

  /** A station that is error-passive does not count frames that nobody acknowledges. */
  void notAcknowledged() {
    if (state() != Confinement.PASSIVE) {
      sendingFailed();
    }
  }

  /** One that was error-passive is active again. */
  void received() {
    receive = Math.max(0, Math.min(receive, PASSIVE) - 1);
  }

  /** Another station told of the error first. */
  void receptionFailed() {
    receive = Math.min(MOST_RECEIVE, receive + 1);
  }

  /** It told of the error first, and saw others follow. */
  void receptionDestroyed() {
    receive = Math.min(MOST_RECEIVE, receive + 1 + STEP);
  }
}
