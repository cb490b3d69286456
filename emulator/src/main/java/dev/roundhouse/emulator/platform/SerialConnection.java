package dev.roundhouse.emulator.platform;

import java.io.Closeable;
import java.io.IOException;

/** An open serial port. One thread uses it. */
public interface SerialConnection extends Closeable {
  /**
   * Takes what has arrived; never waits.
   *
   * @return how many bytes; 0 when there are none
   * @throws IOException when the port is lost
   */
  int read(byte[] into) throws IOException;

  /**
   * Sends one byte; the driver has room for it, as no earlier one waits.
   *
   * @param value 0 to 255
   * @throws IOException when the port is lost
   */
  void write(int value) throws IOException;

  /** Whether clear to send is asserted; a port without modem lines says no. */
  boolean isClearToSend();

  /** Gives the port back; never fails. */
  @Override
  void close();
}
