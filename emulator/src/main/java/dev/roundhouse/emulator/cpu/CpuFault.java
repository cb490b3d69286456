package dev.roundhouse.emulator.cpu;

/**
 * Why guest code could not go on. The classes are those of the exception class field of ESR_ELx
 * (Arm Architecture Reference Manual for A-profile, D24.2.45).
 */
public sealed interface CpuFault {
  /** A load or store to an address where nothing is, or that does not allow it. */
  record DataAbort(long address, int bytes, Access access) implements CpuFault {}

  /** Instructions were to be fetched from an address where no memory is. */
  record PrefetchAbort(long address) implements CpuFault {}

  /** A load or store that must be aligned was not; the engine does not tell the address. */
  record AlignmentFault() implements CpuFault {}

  /** An instruction that is undefined, or not allowed at this exception level. */
  record UndefinedInstruction(int encoding) implements CpuFault {}

  /** A {@code brk} instruction. */
  record Breakpoint(int immediate) implements CpuFault {}

  /** Any other exception that the engine reports, by the number that it gives. */
  record OtherException(int number) implements CpuFault {}

  /** Whether memory was to be read or written. */
  enum Access {
    READ,
    WRITE
  }
}
