package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.abi.Timings;
import dev.roundhouse.kernel.board.KernelTime;
import dev.roundhouse.kernel.board.UartDriver;
import java.nio.charset.StandardCharsets;

/** The UART to which the kernel itself writes, byte by byte as the line takes them. */
public final class KernelConsole {
  private final UartDriver uart;
  private final KernelTime time;
  private final Timings timings;

  /** Writes to {@code uart}. */
  public KernelConsole(UartDriver uart, KernelTime time, Timings timings) {
    this.uart = uart;
    this.time = time;
    this.timings = timings;
  }

  /** Writes ASCII text; false if the line does not take it. */
  boolean put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return put(bytes, bytes.length);
  }

  /** Writes the first {@code count} bytes; false if the line does not take them. */
  boolean put(byte[] bytes, int count) {
    for (int index = 0; index < count; index++) {
      if (!uart.put(bytes[index], time)) {
        return false;
      }
    }
    return true;
  }

  /** Spins as at the end of print_raw. */
  void delay() {
    time.charge(timings.printDelayNanos());
  }
}
