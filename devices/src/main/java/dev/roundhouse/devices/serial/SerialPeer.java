package dev.roundhouse.devices.serial;

/** The far end of a UART's line. Called on the machine's thread only. */
public interface SerialPeer {
  /** From {@link #nextFrame}: nothing at present, more may come. */
  int NONE_YET = -2;

  /** From {@link #nextFrame}: no frame will ever come again. */
  int ENDED = -1;

  /**
   * A whole frame left the UART, one frame time after its start.
   *
   * @param value 0 to 255
   */
  void frameFromUart(int value);

  /**
   * The next frame for the UART, whose receiver is idle, enabled, has room and whose program wants
   * input: 0 to 255, {@link #NONE_YET} (the peer then calls the UART's {@code inputArrived} once it
   * has some) or {@link #ENDED}.
   */
  int nextFrame();

  /** Whether no frame will ever come again by {@link #nextFrame}. */
  boolean inputEnded();

  /** The UART changed its request to send. */
  default void requestToSend(Signal state) {}

  /**
   * Whether a frame that is on its way from the UART may make the peer send frames or change clear
   * to send.
   */
  default boolean reactsToFrames() {
    return false;
  }

  /** Whether clear to send may still change without the UART doing anything. */
  default boolean clearToSendMayChange() {
    return false;
  }
}
