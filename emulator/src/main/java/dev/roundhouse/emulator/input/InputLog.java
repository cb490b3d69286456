package dev.roundhouse.emulator.input;

/** Hears of everything that enters a machine, in order. Called on the machine's thread. */
public interface InputLog {
  /** Something entered at a virtual time of {@code nanos}. */
  void entered(long nanos, ExternalInput input);

  /**
   * A UART asked for a byte of input that waits for it, and got it.
   *
   * @param value 0 to 255, or {@link dev.roundhouse.devices.serial.SerialPeer#ENDED}
   */
  void pulled(int uart, int value);

  /** A log that nobody keeps. */
  static InputLog none() {
    return new InputLog() {
      @Override
      public void entered(long nanos, ExternalInput input) {
        // Nobody keeps it.
      }

      @Override
      public void pulled(int uart, int value) {
        // Nobody keeps it.
      }
    };
  }
}
