package dev.roundhouse.kernel.task;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The latest system calls of a task with their results. Noting one allocates nothing. */
public final class CallHistory {
  private static final int CAPACITY = 8;
  private static final int ARGUMENTS = 5;
  private static final int NANOS = ARGUMENTS;
  private static final int RETURN_ADDRESS = NANOS + 1;
  private static final int NUMBER = RETURN_ADDRESS + 1;
  private static final int RESULT = NUMBER + 1;
  private static final int OUTER = RESULT + 1;

  /** As deep as functions of an SDK call each other. */
  private static final int MOST_OUTER = 3;

  private static final int STRIDE = OUTER + MOST_OUTER;

  private static final int FRAME_POINTER = 29;
  private static final int RECORD_BYTES = 16;

  /** In a call's number: it has come back. */
  private static final long RETURNED = 1L << Integer.SIZE;

  /** Made with the first call: many tasks are not looked at. */
  private long[] ring = {};

  private long noted;

  /** No calls. */
  CallHistory() {}

  /**
   * One call.
   *
   * @param nanos virtual time
   * @param number of the system call
   * @param registers x0 to x4 and x30; the others are zero
   * @param result what x0 was when it came back; empty if it has not
   * @param outer where the callers of the function that made it return to, innermost first, as far
   *     as the frame records on the stack told; nobody has checked that they are code
   */
  public record Call(
      long nanos, int number, SavedRegisters registers, OptionalLong result, List<Long> outer) {
    /** Copies the list. */
    public Call {
      outer = List.copyOf(outer);
    }
  }

  /**
   * Notes a call.
   *
   * @param nanos virtual time
   * @param number of the system call, 0 to 65535
   * @param registers of the task, of which x0 to x4, x29 and x30 are looked at
   * @param memory which its stack is in: what calls return to is gone from there later
   */
  public void called(long nanos, int number, long[] registers, PhysicalMemory memory) {
    if (noted == 0) {
      ring = new long[CAPACITY * STRIDE];
    }
    int at = (int) (noted++ % CAPACITY) * STRIDE;
    System.arraycopy(registers, 0, ring, at, ARGUMENTS);
    ring[at + NANOS] = nanos;
    ring[at + RETURN_ADDRESS] = registers[SavedRegisters.LR];
    ring[at + NUMBER] = number;
    noteOuter(at + OUTER, registers[FRAME_POINTER], memory);
  }

  /**
   * Follows frame records (Procedure Call Standard for the Arm 64-bit Architecture, 6.4.6): x29
   * points at the caller's x29 and the return address.
   */
  private void noteOuter(int at, long framePointer, PhysicalMemory memory) {
    long record = framePointer;
    for (int depth = 0; depth < MOST_OUTER; depth++) {
      boolean isRecord = record % Long.BYTES == 0 && memory.contains(record, RECORD_BYTES);
      ring[at + depth] = isRecord ? memory.getLong(record + Long.BYTES) : 0;
      record = isRecord ? memory.getLong(record) : 0;
    }
  }

  /** Notes that the latest call comes back. */
  public void returned(long result) {
    if (noted > 0) {
      int at = (int) ((noted - 1) % CAPACITY) * STRIDE;
      ring[at + NUMBER] |= RETURNED;
      ring[at + RESULT] = result;
    }
  }

  /** The calls, oldest first. */
  public List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (long index = Math.max(0, noted - CAPACITY); index < noted; index++) {
      int at = (int) (index % CAPACITY) * STRIDE;
      SavedRegisters registers = new SavedRegisters();
      System.arraycopy(ring, at, registers.array(), 0, ARGUMENTS);
      registers.setX(SavedRegisters.LR, ring[at + RETURN_ADDRESS]);
      boolean hasReturned = (ring[at + NUMBER] & RETURNED) != 0;
      calls.add(
          new Call(
              ring[at + NANOS],
              (int) ring[at + NUMBER],
              registers,
              hasReturned ? OptionalLong.of(ring[at + RESULT]) : OptionalLong.empty(),
              Arrays.stream(ring, at + OUTER, at + STRIDE).boxed().toList()));
    }
    return calls;
  }
}
