package dev.roundhouse.kernel.report;

import dev.roundhouse.devices.text.Printable;

/**
 * Why a task could not go on. The kinds are those of the exception class field of ESR_EL1 (Arm
 * Architecture Reference Manual for A-profile, D24.2.45). The real kernel takes each for a system
 * call (kernel/src/exception.S, syscall_handler, 9d49562); here it ends the run.
 */
public sealed interface Fault {
  /** A load or store of {@code bytes} bytes where nothing is, or that is not allowed. */
  record DataAbort(long address, int bytes, Access access) implements Fault {}

  /** Instructions were to be fetched where no memory is. */
  record PrefetchAbort(long address) implements Fault {}

  /** A load or store was not aligned as it must be. */
  record Alignment(long address) implements Fault {}

  /** The program counter is no multiple of 4. */
  record PcAlignment(long address) implements Fault {}

  /** An instruction that does not exist or is not allowed at EL0. */
  record UndefinedInstruction(int encoding) implements Fault {}

  /** A {@code brk} instruction. */
  record Breakpoint(int immediate) implements Fault {}

  /**
   * It gave up by itself: a panic, say.
   *
   * @param how in a word or two
   * @param why what it said then, empty if it said nothing
   */
  record GaveUp(String how, String why) implements Fault {}

  /** Another exception, by the number that the engine gives. */
  record Other(int number) implements Fault {}

  /** Whether memory was to be read or written. */
  enum Access {
    /** A load. */
    READ,
    /** A store. */
    WRITE
  }

  /** The fault in a few words. */
  default String text() {
    return switch (this) {
      case DataAbort(long address, int bytes, Access access) ->
          "%s of %d bytes at 0x%x"
              .formatted(access == Access.READ ? "read" : "write", bytes, address);
      case PrefetchAbort(long address) -> "jump to 0x%x, where no memory is".formatted(address);
      case Alignment(long address) -> "access to 0x%x, which is not aligned".formatted(address);
      case PcAlignment(long address) -> "jump to 0x%x, no multiple of 4".formatted(address);
      case UndefinedInstruction(int encoding) -> "undefined instruction 0x%08x".formatted(encoding);
      case Breakpoint(int immediate) -> "brk #%d".formatted(immediate);
      case GaveUp(String how, String why) -> why.isEmpty() ? how : how + ": " + Printable.line(why);
      case Other(int number) -> "processor exception " + number;
    };
  }
}
