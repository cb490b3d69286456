package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.bus.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * Everything in which kernels of this family differ: numbers, layouts, and answers to system calls.
 *
 * @param name how users call it
 * @param syscalls which call each number is
 * @param semantics how it answers where kernels differ
 * @param limits how much of each thing there is
 * @param timings what the kernel's work costs
 * @param memory where things are
 * @param bootTasks the tasks after idle, in order: tid 1, 2, ...; the first is the user's entry
 * @param interrupts which interrupts are served
 * @param console the UART of {@code print_raw}
 */
public record AbiProfile(
    String name,
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

  /** TrainsOS as of commit 9d49562. */
  public static AbiProfile trainsOs() {
    return new AbiProfile(
        "trainsos",
        new SyscallTable(List.of(SyscallKind.values())),
        Semantics.TRAINS_OS,
        new Limits(20, 200, 64, 256, 2),
        new Timings(200, 65_536, 3),
        new MemoryLayout(
            0x0020_0000L,
            new AddressRange(0x4000_0000L, 0x3E00_0000L),
            20,
            9,
            0x0020_0000L,
            0x150,
            96,
            240),
        List.of(new BootTask("user_entry", 0), new BootTask("name_server", 0)),
        new InterruptIds(97, 153, 145, List.of(0, 2, 3, 4, 5)),
        new ConsoleLine(2, 115_200, List.of(0, 1)));
  }

  /**
   * The specification of the course from which TrainsOS grew, on TrainsOS's interface: the same
   * calls, addresses and times, but no queue overflows, and no call leaves a task stuck for which
   * the specification names an error (University of Waterloo, CS 452/652, Kernel Description,
   * Winter 2022). The specification leaves the size of queues to the kernel; here they are never
   * full.
   */
  public static AbiProfile course() {
    AbiProfile base = trainsOs();
    Limits limits = base.limits;
    return new AbiProfile(
        "course",
        base.syscalls,
        Semantics.COURSE,
        new Limits(
            limits.lowestPriority(),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            limits.descriptorsPerPage(),
            limits.encoders()),
        base.timings,
        base.memory,
        base.bootTasks,
        base.interrupts,
        base.console);
  }

  /** All profiles, the default first. */
  public static List<AbiProfile> all() {
    return List.of(trainsOs(), course());
  }

  /** The profile that users call {@code name}. */
  public static Optional<AbiProfile> named(String name) {
    return all().stream().filter(profile -> profile.name.equals(name)).findFirst();
  }
}
