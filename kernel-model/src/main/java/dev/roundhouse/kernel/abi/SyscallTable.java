package dev.roundhouse.kernel.abi;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kernel's system calls: which call each {@code svc} number is, and in which registers its
 * arguments are.
 */
public final class SyscallTable {
  private final @Nullable Row[] byNumber;
  private final Map<SyscallKind, Row> byKind = new EnumMap<>(SyscallKind.class);

  private static final class Row {
    private final int number;
    private final SyscallKind kind;
    private final CallShape shape;
    private final int[] registers;

    Row(int number, CallShape shape) {
      this.number = number;
      this.shape = shape;
      kind =
          SyscallKind.named(shape.name())
              .orElseThrow(() -> new IllegalArgumentException("no call " + shape.name()));
      registers = shape.registers();
    }
  }

  /**
   * The calls of a profile.
   *
   * @throws IllegalArgumentException if the model does not know one of them
   */
  SyscallTable(CallAbi abi) {
    byNumber = new Row[abi.calls().isEmpty() ? 0 : Math.toIntExact(abi.calls().lastKey()) + 1];
    abi.calls()
        .forEach((number, shape) -> {
          Row row = new Row(Math.toIntExact(number), shape);
          byNumber[row.number] = row;
          byKind.put(row.kind, row);
        });
  }

  /** Whether there is a system call with this number. */
  public boolean knows(int number) {
    return number >= 0 && number < byNumber.length && byNumber[number] != null;
  }

  /** The call with this number, which {@link #knows} accepts. */
  public SyscallKind at(int number) {
    return row(number).kind;
  }

  /** The number behind the last call's. */
  public int size() {
    return byNumber.length;
  }

  /** The call with this number, which {@link #knows} accepts, and its arguments. */
  public Syscall decode(int number, SavedRegisters registers) {
    Row row = row(number);
    return row.kind.decode(registers, row.registers);
  }

  /** The number of a call; empty if this kernel does not have it. */
  public Optional<Integer> number(SyscallKind kind) {
    return Optional.ofNullable(byKind.get(kind)).map(row -> row.number);
  }

  /** What a call looks like from outside; empty if this kernel does not have it. */
  public Optional<CallShape> shape(SyscallKind kind) {
    return Optional.ofNullable(byKind.get(kind)).map(row -> row.shape);
  }

  /** A call's argument registers as they are, for reports. */
  public List<Long> arguments(SyscallKind kind, SavedRegisters registers) {
    Row row = byKind.get(kind);
    return row == null ? List.of() : Arrays.stream(row.registers).mapToObj(registers::x).toList();
  }

  private Row row(int number) {
    Row row = byNumber[number];
    if (row == null) {
      throw new IllegalArgumentException("no system call has the number " + number);
    }
    return row;
  }
}
