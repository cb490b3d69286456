package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.time.VirtualTime;
import java.util.List;
import java.util.Optional;

/**
 * What a debugger reaches of a guest while its machine stands still, between two runs of it. What
 * is written here is no input: a recording of the run does not have it.
 */
public interface Inspection {
  /**
   * What executes code by itself: a task.
   *
   * @param id its tid
   * @param name of its program
   * @param state what it does or waits for
   */
  record GuestThread(int id, String name, String state) {}

  /** The thread that stands for the core of a booted kernel; no task has this id. */
  int CORE = 1 << 16;

  /**
   * A program in memory.
   *
   * @param thread whose it is
   * @param bias what was added to the file's addresses
   */
  record Program(int thread, ProgramFile file, long bias) {}

  /** The ELF file that a program was loaded from. */
  interface ProgramFile {
    /** Without a folder or suffix. */
    String name();

    byte[] content();
  }

  /** The threads, by their ids. */
  List<GuestThread> threads();

  /** The thread that is about to go on, or ran last; 0 if there is none. */
  int current();

  /**
   * A thread's registers, in the order of {@link dev.roundhouse.kernel.abi.SavedRegisters}; empty
   * if it does not exist.
   */
  Optional<long[]> registers(int thread);

  /** Whether a register of a thread is known; of those that are not there is a zero. */
  default boolean isKnown(int thread, int register) {
    return true;
  }

  /**
   * Changes a thread's registers; what it must execute them with is its kernel's affair.
   *
   * @return whether that is possible
   */
  boolean setRegisters(int thread, long[] values);

  /** Where code goes on that returns from an exception now. */
  default long exceptionReturn() {
    return 0;
  }

  /** Where memory is that can be read and written; empty if that is not known beforehand. */
  Optional<AddressRange> memory();

  /**
   * Reads memory.
   *
   * @return how many of the bytes are there
   */
  int read(long address, byte[] into);

  /**
   * Writes memory; code there is what runs next.
   *
   * @return whether all of it could be written; else nothing was
   */
  boolean write(long address, byte[] bytes);

  /** The programs that tasks run, by their threads. */
  List<Program> programs();

  /** Where the machine is to halt. */
  Halts halts();

  /** The present virtual time. */
  VirtualTime now();
}
