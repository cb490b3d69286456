package dev.roundhouse.kernel.abi;

import java.util.List;
import java.util.Optional;

/**
 * Everything in which kernels of this family differ: numbers, layouts, and answers to system calls;
 * read from an ABI profile that has a {@code model} (docs/abi-profiles.md).
 *
 * @param calls what its system calls look like from outside
 * @param syscalls which call of the model each number is
 * @param semantics how it answers where kernels differ
 * @param limits how much of each thing there is
 * @param timings what the kernel's work costs
 * @param memory where things are
 * @param bootTasks the tasks after idle, in order: tid 1, 2, ...; the first is the user's entry
 * @param interrupts which interrupts are served
 * @param console the UART of {@code print_raw}
 */
public record AbiProfile(
    CallAbi calls,
    SyscallTable syscalls,
    Semantics semantics,
    Limits limits,
    Timings timings,
    MemoryLayout memory,
    List<BootTask> bootTasks,
    InterruptIds interrupts,
    ConsoleLine console) {
  /**
   * The UART of {@code print_raw}.
   *
   * @param uart its number
   * @param baud its speed after boot; 8 data bits, no parity, 1 stop bit
   * @param pins its GPIO pins, set to alternate function 4
   */
  public record ConsoleLine(int uart, int baud, List<Integer> pins) {
    /** Copies the list. */
    public ConsoleLine {
      pins = List.copyOf(pins);
    }
  }

  /** Copies the list. */
  public AbiProfile {
    bootTasks = List.copyOf(bootTasks);
  }

  /** Its name: libraries ask for it, and the components' texts are long and slow to make. */
  @Override
  public String toString() {
    return calls.name();
  }

  /** Each is read once, when it is first asked for. */
  private static final class TrainsOs {
    private static final AbiProfile PROFILE = AbiProfileReader.shipped("trainsos");
  }

  private static final class Course {
    private static final AbiProfile PROFILE = AbiProfileReader.shipped("course");
  }

  /** TrainsOS as of commit 9d49562. */
  public static AbiProfile trainsOs() {
    return TrainsOs.PROFILE;
  }

  /**
   * The specification of the course from which TrainsOS grew, on TrainsOS's interface (University
   * of Waterloo, CS 452/652, Kernel Description, Winter 2022).
   */
  public static AbiProfile course() {
    return Course.PROFILE;
  }

  /** All profiles, the default first. */
  public static List<AbiProfile> all() {
    return List.of(trainsOs(), course());
  }

  /** The profile that users call {@code name}. */
  public static Optional<AbiProfile> named(String name) {
    return switch (name) {
      case "trainsos" -> Optional.of(trainsOs());
      case "course" -> Optional.of(course());
      default -> Optional.empty();
    };
  }

  /** How users call it. */
  public String name() {
    return calls.name();
  }
}
