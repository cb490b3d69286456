package dev.roundhouse.emulator.cpu;

import java.util.List;

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
 */
public record CoreState(
    List<Long> general,
    long sp,
    long pc,
    long pstate,
    List<Named> named,
    List<TakenException> exceptions,
    long exceptionsTaken) {
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
  public record TakenException(int syndrome, long pc, long address, int level) {}

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
