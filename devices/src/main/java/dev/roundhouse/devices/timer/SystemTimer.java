package dev.roundhouse.devices.timer;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.irq.SourceState;
import dev.roundhouse.devices.irq.SourceState.Arming;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.DeviceEvent;
import java.util.Arrays;

/**
 * The system timer: a free-running 64-bit counter at 1 MHz and four compare registers of 32 bits
 * (BCM2711 ARM Peripherals, 10.2). The counter is the machine's virtual time in microseconds. A
 * compare register matches when the counter's low word becomes equal to it, so a value that has
 * just passed matches after the counter has wrapped, 71.6 minutes later.
 */
public final class SystemTimer {
  /** Compare registers. */
  public static final int COMPARES = 4;

  /** Bytes of its address range that registers fill, rounded up to the bus's granule. */
  public static final int LENGTH = 0x200;

  private static final int CS = 0x00;
  private static final int CLO = 0x04;
  private static final int CHI = 0x08;
  private static final int C0 = 0x0C;
  private static final int WORD_BYTES = 4;

  /** Counts in a second. */
  public static final long HZ = 1_000_000;

  private static final long NANOS_PER_COUNT = 1_000_000_000 / HZ;
  private static final long COUNTS_PER_WRAP = 1L << Integer.SIZE;
  private static final long NEVER = -1;
  private static final long LOW_WORD = COUNTS_PER_WRAP - 1;

  private final BoardServices board;
  private final RegisterTable table;
  private final Register[] compares = new Register[COMPARES];
  private final Alarm[] matches = new Alarm[COMPARES];
  private final IrqLine[] lines;
  private final long[] armedNanos = new long[COMPARES];
  private final int[] lateCounts = new int[COMPARES];
  private int matched;

  /**
   * A timer whose counter is at the present time.
   *
   * @param lines one for each compare register
   */
  public SystemTimer(BoardServices board, IrqLine... lines) {
    this.board = board;
    this.lines = lines.clone();
    Arrays.fill(armedNanos, NEVER);
    this.table = new RegisterTable("system timer", LENGTH, board.warnings());
    table.add(
        Register.of("CS", CS, Access.W1C)
            .bits(COMPARES)
            .readBy(() -> matched)
            .steady()
            .writtenBy(this::clearMatches));
    table.add(
        Register.of("CLO", CLO, Access.RO)
            .readBy(() -> (int) counter())
            .steady(SystemTimer::nextCountNanos));
    table.add(
        Register.of("CHI", CHI, Access.RO)
            .readBy(() -> (int) (counter() >>> Integer.SIZE))
            .steady(SystemTimer::nextCountNanos));
    for (int n = 0; n < COMPARES; n++) {
      addCompare(n);
    }
  }

  private void addCompare(int n) {
    matches[n] = board.agenda().alarm("system timer match", at -> match(n, at));
    compares[n] =
        table.add(
            Register.of("C", C0 + n * WORD_BYTES, Access.RW)
                .numbered(n)
                .writtenBy(value -> arm(n)));
  }

  private static long nextCountNanos(long nowNanos) {
    return (nowNanos / NANOS_PER_COUNT + 1) * NANOS_PER_COUNT;
  }

  public MmioDevice registers() {
    return table;
  }

  /** The counter: microseconds of virtual time. */
  public long counter() {
    return board.clock().nanos() / NANOS_PER_COUNT;
  }

  /**
   * Whether compare register {@code n} (0 to 3) is set to a time less than half a wrap ahead and is
   * not 0, the value by which kernels of this family disarm it (kernel/src/interrupt.c, 9d49562):
   * whether somebody can sensibly wait for it.
   */
  public boolean compareLiesAhead(int n) {
    int distance = compares[n].value() - (int) counter();
    return distance > 0 && compares[n].value() != 0;
  }

  /**
   * What has become of compare register {@code n}, which {@link #compareLiesAhead} is not true of.
   */
  public SourceState sourceState(int n) {
    if (armedNanos[n] == NEVER) {
      return new SourceState(Arming.NEVER, "compare %d was never written".formatted(n));
    }
    VirtualTime written = new VirtualTime(armedNanos[n]);
    if (compares[n].value() == 0) {
      return new SourceState(
          Arming.SPENT,
          ("compare %d is 0, as the kernel sets it at a match, and nobody has armed it since"
                  + " %s")
              .formatted(n, written));
    }
    return lateCounts[n] > 0
        ? new SourceState(
            Arming.LATE,
            "compare %d was written at %s with a time %d us past: the counter reaches it in 71 minutes"
                .formatted(n, written, lateCounts[n]))
        : new SourceState(Arming.SPENT, "compare %d matched, written at %s".formatted(n, written));
  }

  private void arm(int n) {
    long now = board.clock().nanos();
    int value = compares[n].value();
    long counts = (value - counter()) & LOW_WORD;
    if (value != 0) {
      armedNanos[n] = now;
      lateCounts[n] = (int) counter() - value;
    }
    matches[n].setAt(counts == 0 ? now : (counter() + counts) * NANOS_PER_COUNT);
  }

  private void match(int n, long atNanos) {
    long wholeCount = atNanos / NANOS_PER_COUNT;
    matches[n].setAt((wholeCount + COUNTS_PER_WRAP) * NANOS_PER_COUNT);
    matched |= 1 << n;
    if (board.trace().isOn()) {
      board.trace().emit(atNanos, new DeviceEvent.TimerMatched(n, (int) wholeCount));
    }
    lines[n].set(Level.HIGH);
  }

  private void clearMatches(int bits) {
    matched &= ~bits;
    for (int n = 0; n < COMPARES; n++) {
      if ((bits >>> n & 1) != 0) {
        lines[n].set(Level.LOW);
      }
    }
  }
}
