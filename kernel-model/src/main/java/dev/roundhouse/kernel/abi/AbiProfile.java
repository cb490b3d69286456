package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.bus.AddressRange;
import java.util.List;

/**
 * Everything about a kernel that is a number or a layout rather than behaviour.
 *
 * @param name how users call it
 * @param syscalls which call each number is
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
}
