package dev.roundhouse.kernel;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.devices.bus.MmioDevice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Devices as the kernel sees them: plain registers, a console that records, a GIC with a queue. */
final class FakeBoard {
  static final long GICD = 0xFF84_1000L;
  static final long GICC = 0xFF84_2000L;
  static final long TIMER = 0xFE00_3000L;
  static final long GPIO = 0xFE20_0000L;
  static final long WATCHDOG = 0xFE10_0000L;
  private static final int FR = 0x18;
  private static final int IMSC = 0x38;
  private static final int MIS = 0x40;

  final Bus bus = new Bus(new AddressRange(0xFC00_0000L, 0x0400_0000L), (where, what) -> {});
  final Map<Long, Long> registers = new TreeMap<>();
  final List<String> writes = new ArrayList<>();
  final ByteArrayOutputStream console = new ByteArrayOutputStream();
  final Deque<Integer> pending = new ArrayDeque<>();
  final List<Integer> ended = new ArrayList<>();

  /** How many more bytes the console takes before its FIFO is full. */
  int consoleRoom = Integer.MAX_VALUE;

  FakeBoard() {
    for (long start : new long[] {GICD, GICC, TIMER, GPIO, WATCHDOG}) {
      attach(start);
    }
    for (int uart : new int[] {0, 2, 3, 4, 5}) {
      attach(uart(uart));
    }
  }

  static long uart(int number) {
    return 0xFE20_1000L + 0x200L * number;
  }

  /** Lets UART {@code number} assert its interrupt with this status. */
  void uartInterrupt(int number, long status) {
    registers.put(uart(number) + MIS, status);
    pending.add(153);
  }

  String consoleText() {
    return console.toString(StandardCharsets.US_ASCII);
  }

  long register(long address) {
    return registers.getOrDefault(address, 0L);
  }

  private void attach(long start) {
    int length = start >= GPIO + 0x1000 && start < GPIO + 0x2000 ? 0x200 : 0x1000;
    bus.attach(
        new AddressRange(start, length),
        "device",
        new MmioDevice() {
          @Override
          public long read(int offset, int bytes) {
            return FakeBoard.this.read(start, offset);
          }

          @Override
          public void write(int offset, int bytes, long value) {
            FakeBoard.this.write(start, offset, value);
          }
        });
  }

  private long read(long start, int offset) {
    if (start == GICC && offset == 0xC) {
      return pending.isEmpty() ? 1023 : pending.remove();
    }
    if (start == GICC && offset == 0x18) {
      return pending.isEmpty() ? 1023 : pending.element();
    }
    if (start == uart(2) && offset == FR) {
      return consoleRoom == 0 ? 0x20 : 0;
    }
    return register(start + offset);
  }

  private void write(long start, int offset, long value) {
    writes.add("%x=%x".formatted(start + offset, value));
    if (start == GICC && offset == 0x10) {
      ended.add((int) value);
    } else if (start == uart(2) && offset == 0) {
      consoleRoom--;
      console.write((int) value);
    } else {
      registers.put(start + offset, value);
    }
    if (offset == IMSC && value == 0) {
      registers.remove(start + MIS);
    }
  }
}
