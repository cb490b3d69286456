package dev.roundhouse.kernel.abi;

import java.util.List;

/** Which system call each {@code svc} number is. */
public final class SyscallTable {
  private final SyscallKind[] kinds;

  /** A table of calls numbered from 0 on. */
  public SyscallTable(List<SyscallKind> kinds) {
    this.kinds = kinds.toArray(SyscallKind[]::new);
  }

  /** Whether there is a system call with this number. */
  public boolean knows(int number) {
    return number >= 0 && number < kinds.length;
  }

  /** The call with this number, which {@link #knows} accepts. */
  public SyscallKind at(int number) {
    return kinds[number];
  }

  /** The number behind the last call's. */
  public int size() {
    return kinds.length;
  }
}
