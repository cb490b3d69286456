package dev.roundhouse.emulator.observe;

import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.ArrayList;
import java.util.List;

/** The latest system calls of a machine, for its fault report. Noting one allocates nothing. */
public final class LastCalls {
  private static final int CAPACITY = 16;
  private static final int ARGUMENTS = 5;
  private static final int NANOS = ARGUMENTS;
  private static final int RETURN_ADDRESS = NANOS + 1;
  private static final int TID_AND_NUMBER = RETURN_ADDRESS + 1;
  private static final int STRIDE = TID_AND_NUMBER + 1;

  private final long[] ring = new long[CAPACITY * STRIDE];
  private long noted;

  /** A machine's memory of calls, empty. */
  public LastCalls() {}

  /**
   * One call.
   *
   * @param nanos virtual time
   * @param tid who made it
   * @param number of the system call
   * @param registers x0 to x4 and x30; the others are zero
   */
  record Call(long nanos, int tid, int number, SavedRegisters registers) {}

  /**
   * Notes a call.
   *
   * @param tid who makes it
   * @param number of the system call, 0 to 65535
   * @param registers of the task, of which x0 to x4 and x30 are looked at
   */
  public void note(long nanos, int tid, int number, long[] registers) {
    int at = (int) (noted++ % CAPACITY) * STRIDE;
    System.arraycopy(registers, 0, ring, at, ARGUMENTS);
    ring[at + NANOS] = nanos;
    ring[at + RETURN_ADDRESS] = registers[SavedRegisters.LR];
    ring[at + TID_AND_NUMBER] = ((long) tid << Integer.SIZE) | number;
  }

  /** The calls, oldest first. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (long index = Math.max(0, noted - CAPACITY); index < noted; index++) {
      int at = (int) (index % CAPACITY) * STRIDE;
      SavedRegisters registers = new SavedRegisters();
      System.arraycopy(ring, at, registers.array(), 0, ARGUMENTS);
      registers.setX(SavedRegisters.LR, ring[at + RETURN_ADDRESS]);
      long tidAndNumber = ring[at + TID_AND_NUMBER];
      calls.add(
          new Call(
              ring[at + NANOS],
              (int) (tidAndNumber >>> Integer.SIZE),
              (int) tidAndNumber,
              registers));
    }
    return calls;
  }
}
