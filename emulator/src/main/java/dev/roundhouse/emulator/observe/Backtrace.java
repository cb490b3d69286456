package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Who called whom, by the chain of frame records (Procedure Call Standard for the Arm 64-bit
 * Architecture, 6.4.6): x29 points at the caller's x29 and the return address. Nothing in it is
 * trusted: each record must lie in the task's stack and above the one before.
 */
final class Backtrace {
  private static final int FRAME_POINTER = 29;
  private static final int RECORD_BYTES = 16;
  private static final int MOST_FRAMES = 24;

  private Backtrace() {}

  /** The return addresses of a task that does not run, innermost first. */
  static List<Long> of(Task task, PhysicalMemory memory) {
    List<Long> returns = new ArrayList<>();
    long lowest = task.stack().start();
    long frame = task.registers().x(FRAME_POINTER);
    while (returns.size() < MOST_FRAMES
        && frame >= lowest
        && frame % Long.BYTES == 0
        && task.stack().contains(frame, RECORD_BYTES)
        && memory.contains(frame, RECORD_BYTES)) {
      long returnAddress = memory.getLong(frame + Long.BYTES);
      if (returnAddress == 0) {
        break;
      }
      returns.add(returnAddress);
      lowest = frame + RECORD_BYTES;
      frame = memory.getLong(frame);
    }
    return returns;
  }
}
