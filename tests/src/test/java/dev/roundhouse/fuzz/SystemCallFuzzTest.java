package dev.roundhouse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Whatever programs do, the kernel model never throws, its tasks stay consistent, and it never
 * waits for what cannot come.
 *
 * <p>The input is a row of steps: a byte chooses the step, and for each of its arguments a byte
 * chooses a value ({@link #argument}), behind which raw values follow.
 */
class SystemCallFuzzTest {
  private static final int MOST_STEPS = 2_000;
  private static final int PRINT_RAW = 13;

  /** Which arguments of send, recv, reply and print_raw are lengths. */
  private static final Map<Integer, int[]> LENGTHS =
      Map.of(5, new int[] {2, 4}, 6, new int[] {2}, 7, new int[] {2}, PRINT_RAW, new int[] {1});

  private static final int ARGUMENTS = 5;
  private static final int COMPUTE = 15;
  private static final int ARM_TIMER = 16;
  private static final int ARM_UART = 17;
  private static final int POKE = 18;
  private static final int ANY_CALL = 19;
  private static final int STEPS = 20;
  private static final long TIMER_CLO = 0xFE00_3004L;
  private static final long TIMER_C1 = 0xFE00_3010L;
  private static final long UART = 0xFE20_1000L;
  private static final int IMSC = 0x38;

  private static final long LENGTH_MASK = 0xFFFF;

  @FuzzTest
  void noProgramBreaksTheKernel(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    KernelUnderFuzz kernel = new KernelUnderFuzz();
    for (int step = 0; step < MOST_STEPS && kernel.isRunning() && bytes.hasRemaining(); step++) {
      act(kernel, Byte.toUnsignedInt(bytes.get()) % STEPS, bytes);
    }
  }

  private static void act(KernelUnderFuzz kernel, int step, ByteBuffer bytes) {
    switch (step) {
      case COMPUTE -> kernel.compute(argument(kernel, bytes) & 0xFF_FFFF);
      case ARM_TIMER -> kernel.poke(TIMER_C1, clo(kernel) + (argument(kernel, bytes) & 0xFFFF));
      case ARM_UART -> kernel.poke(UART + 0x200L * (next(bytes) % 6) + IMSC, next(bytes) * 8L);
      case POKE -> kernel.poke(device(bytes), argument(kernel, bytes));
      case ANY_CALL -> kernel.call(next(bytes) * 257);
      default -> {
        long[] arguments = new long[ARGUMENTS];
        for (int x = 0; x < ARGUMENTS; x++) {
          arguments[x] = argument(kernel, bytes);
        }
        tameLengths(step, arguments);
        kernel.call(step, arguments);
      }
    }
  }

  private static long clo(KernelUnderFuzz kernel) {
    return kernel.peek(TIMER_CLO);
  }

  /** A register of timer, a UART or the interrupt controller. */
  private static long device(ByteBuffer bytes) {
    long[] bases = {0xFE00_3000L, UART, UART + 0x400, UART + 0xA00, 0xFF84_1000L, 0xFF84_2000L};
    return bases[next(bytes) % bases.length] + 4L * next(bytes);
  }

  /** A value for a register: mostly one that is likely to lead somewhere. */
  private static long argument(KernelUnderFuzz kernel, ByteBuffer bytes) {
    int choice = next(bytes);
    long own = KernelUnderFuzz.stackOf(kernel.kernel().current());
    long ramEnd = KernelUnderFuzz.RAM.end();
    return switch (choice >>> 4) {
      case 0, 1, 2, 3 -> choice;
      case 4 -> own + choice;
      case 5 -> own + ((choice & 15) << 12);
      case 6 -> KernelUnderFuzz.ARGUMENTS;
      case 7 -> KernelUnderFuzz.ARGUMENT_BYTES;
      case 8 -> ramEnd - (choice & 15);
      case 9 -> KernelUnderFuzz.RAM.start() - (choice & 15);
      case 10 -> 0xFE20_1400L + (choice & 15);
      case 11 -> -(choice & 15);
      case 12 -> Integer.MAX_VALUE + (long) (choice & 15);
      case 13 -> (97L << 16) + ((choice & 1) * ((56L << 16) + 2));
      case 14 -> 1L << (16 + (choice & 15));
      default -> bytes.remaining() >= Long.BYTES ? bytes.getLong() : choice;
    };
  }

  /** Makes lengths small that fit into RAM and are large: to copy so much is only slow. */
  private static void tameLengths(int call, long[] arguments) {
    for (int index : LENGTHS.getOrDefault(call, new int[0])) {
      long length = call == PRINT_RAW ? (int) arguments[index] : arguments[index];
      if (length > LENGTH_MASK && length <= KernelUnderFuzz.RAM.length()) {
        arguments[index] = length & LENGTH_MASK;
      }
    }
  }

  private static int next(ByteBuffer bytes) {
    return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
  }
}
