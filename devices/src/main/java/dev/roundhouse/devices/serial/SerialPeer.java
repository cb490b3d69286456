package dev.roundhouse.devices.serial;

/** The far end of a UART's line. Called on the machine's thread only. */
public interface SerialPeer {
  /** From {@link #nextFrame}: nothing at present, more may come. */
  int NONE_YET = -2;

  /** From {@link #nextFrame}: no frame will ever come again. */
  int ENDED = -1;

  /**
   * A frame from the UART is heard: when it has ended, one frame time after its start, or in the
   * middle of its first stop bit if the peer {@link #hearsStopBits}.
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

  /**
   * Whether it is a receiver with its own timing that acts on a frame as soon as it has sampled the
   * first stop bit, before the frame has ended: what it does then and what the end of the frame
   * does are not at the same time.
   */
  default boolean hearsStopBits() {
    return false;
  }

  /** The UART changed its request to send. */
  default void requestToSend(Signal state) {}

  /**
   * Whether a frame that is on its way from the UART may make the peer send frames or change clear
   * to send.
   */
  default boolean reactsToFrames() {
    return false;
  }

  /** Whether it waits for a frame though it is not clear to send. */
  default boolean takesFrameWhileNotClear() {
    return false;
  }

  /** Whether clear to send may still change without the UART doing anything. */
  default boolean clearToSendMayChange() {
    return false;
  }
}
