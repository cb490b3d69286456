package dev.roundhouse.emulator.cpu;

import java.util.Optional;
import java.util.Set;

/**
 * One processor at EL0 that executes guest code until a {@link UserTraps} tells it to leave.
 *
 * <p>Registers may be read and written only inside a trap, or while the processor does not run.
 * They are exchanged as an array in the order x0 to x30, sp, pc, pstate ({@link SavedRegisters}).
 * There are three depths, because a system call of a task that goes on at once needs a fifth of
 * what a pre-emption needs.
 */
public interface Cpu extends AutoCloseable {
  /** Sends loads and stores of these addresses to a port. Only before the processor first runs. */
  void attach(MmioWindow devices);

  /** Executes from the present pc until a handler answers {@link AfterTrap#LEAVE}. */
  void run(UserTraps handler);

  /** Reads what a system call is decoded from: x0 to x4, x29, x30, sp and pc. */
  void readCall(long[] registers);

  /** Reads what a C function preserves and {@link #readCall} need not read: x19 to x29. */
  void readPreserved(long[] registers);

  /** Reads x0 to x30, sp, pc and pstate. */
  void readAll(long[] registers);

  /**
   * Reads x0 to x30, sp and pstate, also inside an access to a device: as they are before the
   * instruction that makes it. pc is not known there.
   */
  void readDuringAccess(long[] registers);

  /**
   * Where the code is that makes an access to a device; where the latest block starts if that is
   * not found, or there is none.
   */
  long pc(Optional<DeviceAccess> access);

  /** Lets the task that made a system call go on: writes x0 and pc. */
  void resumeCall(long[] registers);

  /** Lets another task return from its system call: writes x0, x19 to x30, sp and pc. */
  void resumeAfterCall(long[] registers);

  /** Lets a task go on that was interrupted or never ran: writes x0 to x30, sp, pc and pstate. */
  void resumeAll(long[] registers);

  /** The instructions that may still be executed before {@link UserTraps#budgetSpent} is called. */
  InstructionBudget budget();

  /** Tells each time that the instruction at an address is about to be executed. */
  void watch(long pc);

  /**
   * Tells {@link Traps#mayHalt} each time that one of these instructions is about to be executed,
   * and of no others; others are as fast as without. Only while the processor does not run. One
   * that nobody debugs may leave it.
   */
  default void haltAt(Set<Long> addresses) {}

  /**
   * Tells of each store, which takes about 20 times the time. Only before the processor first runs.
   */
  default void watchStores() {}

  /**
   * Forgets translations of code in {@code start} to {@code end} (exclusive), which has been
   * written.
   */
  void forgetCode(long start, long end);

  /** What code may do with pages of RAM. One that does not watch accesses may leave it. */
  default PageAccess pages() {
    return PageAccess.UNWATCHED;
  }

  @Override
  void close();
}
