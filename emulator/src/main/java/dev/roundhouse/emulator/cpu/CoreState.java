package dev.roundhouse.emulator.cpu;

import java.util.List;
import java.util.Optional;

/**
 * What the registers of a {@link SystemCpu} hold.
 *
 * @param general x0 to x30
 * @param sp the stack pointer in use
 * @param pc the next instruction
 * @param pstate mode and masks, as in SPSR
 * @param named registers of the exception levels, in the order of a report
 * @param exceptions the last exceptions taken, the latest last; no interrupts
 * @param exceptionsTaken how many there were
 * @param lastAbort how the address of the last abort is translated now, if one was taken
 */
public record CoreState(
    List<Long> general,
    long sp,
    long pc,
    long pstate,
    List<Named> named,
    List<TakenException> exceptions,
    long exceptionsTaken,
    Optional<Walk> lastAbort) {
  /** A system register's name and value. */
  public record Named(String name, long value) {}

  /**
   * An exception that the core took.
   *
   * @param syndrome as ESR has it
   * @param pc where it was taken from
   * @param address what FAR has, for aborts
   * @param level the exception level it was taken to
   */
  public record TakenException(int syndrome, long pc, long address, int level) {
    private static final int CLASS_SHIFT = 26;
    private static final int FETCH_FROM_BELOW = 0x20;
    private static final int FETCH = 0x21;
    private static final int DATA_FROM_BELOW = 0x24;
    private static final int DATA = 0x25;

    /** Whether it has an address that could not be used. */
    public boolean isAbort() {
      int kind = syndrome >>> CLASS_SHIFT;
      return kind == FETCH_FROM_BELOW || kind == FETCH || kind == DATA_FROM_BELOW || kind == DATA;
    }
  }

  /**
   * A walk of the translation tables.
   *
   * @param virtual the address that is looked up
   * @param steps from the first table on; none while the MMU is off or where no table is
   *     responsible
   */
  public record Walk(long virtual, List<WalkStep> steps) {
    /** Copies the list. */
    public Walk {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One look into a translation table.
   *
   * @param level 0 to 3
   * @param place the physical address of the descriptor
   * @param descriptor what is there
   */
  public record WalkStep(int level, long place, long descriptor) {}

  /** Copies what could change. */
  public CoreState {
    general = List.copyOf(general);
    named = List.copyOf(named);
    exceptions = List.copyOf(exceptions);
  }

  /** The exception level: 0, 1 or 2. */
  public int level() {
    return (int) (pstate >>> 2) & 3;
  }
}
