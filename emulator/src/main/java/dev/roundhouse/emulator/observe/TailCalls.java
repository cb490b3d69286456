package dev.roundhouse.emulator.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * Finds functions that ended in a jump to the next one, as compilers make of a call that is a
 * function's last (a tail call), and so left nothing on the stack. The code tells: the function
 * that was called is not the one that is there, and one of its jumps leads towards it. Nothing of
 * the code is trusted.
 *
 * @param entry the program's first function, which the loader called; empty if that is not known
 */
record TailCalls(Symbols symbols, Backtrace.Memory memory, OptionalLong entry) {
  private static final int INSTRUCTION_BYTES = 4;
  private static final int MOST_JUMPS = 4;
  private static final int MOST_VISITS = 256;
  private static final int MOST_TOLD = 3;
  private static final long LONGEST_FUNCTION = 0x4000;

  /** B, BL and BLR, SVC (Arm Architecture Reference Manual, C4.1, branches and exceptions). */
  private static final int BRANCH_MASK = 0xfc00_0000;

  private static final int B = 0x1400_0000;
  private static final int BL = 0x9400_0000;
  private static final int BLR_MASK = 0xffff_fc1f;
  private static final int BLR = 0xd63f_0000;
  private static final int OFFSET_BITS = 26;
  private static final int SVC = 0xd400_0001;
  private static final int IMMEDIATE_SHIFT = 5;
  private static final int IMMEDIATE_MASK = 0xffff;

  /** The places between a call that returns to an address and the function that is there now. */
  List<CodePlace> upTo(long returnAddress, long within) {
    Optional<Symbols.Function> there = symbols.function(within);
    return there.isEmpty()
        ? List.of()
        : between(returnAddress, start -> there.get().start() == start);
  }

  /** The places between a call that returns to an address and the system call that it came to. */
  List<CodePlace> upToCall(long returnAddress, int number) {
    return between(returnAddress, start -> makesCall(start, number));
  }

  /** From the inside to the outside; of several ways one place that names them. */
  private List<CodePlace> between(long returnAddress, LongPredicate isThere) {
    Search search = new Search(isThere);
    called(returnAddress).ifPresent(called -> search.from(called, List.of()));
    List<List<CodePlace>> ways = search.ways.stream().map(this::places).toList();
    if (ways.isEmpty() || search.visits > MOST_VISITS) {
      return List.of();
    }
    return ways.size() == 1 ? ways.getFirst() : List.of(oneOf(ways));
  }

  private List<CodePlace> places(List<Long> jumps) {
    return jumps.reversed().stream().flatMap(jump -> symbols.at(jump).stream()).toList();
  }

  private static CodePlace oneOf(List<List<CodePlace>> ways) {
    List<CodePlace> own = ways.stream().map(CodePlace::own).toList();
    return own.getFirst()
        .or(own.stream().skip(1).limit(MOST_TOLD).map(CodePlace::text).distinct().toList());
  }

  /** Whether the call that returns to an address is one of a certain function. */
  boolean isCallOf(long returnAddress, long function) {
    return called(returnAddress).orElse(0) == function;
  }

  /** Whether an address is behind a call: BL or BLR. */
  boolean returnsFromCall(long address) {
    int call = memory.instruction(address - INSTRUCTION_BYTES).orElse(0);
    return (call & BRANCH_MASK) == BL || (call & BLR_MASK) == BLR;
  }

  private OptionalLong called(long returnAddress) {
    if (symbols.isExitStub(returnAddress)) {
      return entry;
    }
    long at = returnAddress - INSTRUCTION_BYTES;
    OptionalInt call = memory.instruction(at);
    return call.isPresent() && (call.getAsInt() & BRANCH_MASK) == BL
        ? OptionalLong.of(target(at, call.getAsInt()))
        : OptionalLong.empty();
  }

  private static long target(long at, int branch) {
    int shift = Integer.SIZE - OFFSET_BITS;
    return at + (long) (branch << shift >> shift) * INSTRUCTION_BYTES;
  }

  private boolean makesCall(long function, int number) {
    int svc = SVC | (number & IMMEDIATE_MASK) << IMMEDIATE_SHIFT;
    for (long at : instructions(function)) {
      if (memory.instruction(at).orElse(0) == svc) {
        return true;
      }
    }
    return false;
  }

  private long[] instructions(long function) {
    long bytes =
        symbols
            .function(function)
            .filter(code -> code.start() == function)
            .map(Symbols.Function::bytes)
            .filter(size -> size > 0 && size <= LONGEST_FUNCTION)
            .orElse(0L);
    return LongStream.range(0, bytes / INSTRUCTION_BYTES)
        .map(i -> function + i * INSTRUCTION_BYTES)
        .toArray();
  }

  /** All ways from a function by jumps to one that is looked for. */
  private final class Search {
    private final LongPredicate isThere;
    private final List<List<Long>> ways = new ArrayList<>();
    private int visits;

    Search(LongPredicate isThere) {
      this.isThere = isThere;
    }

    void from(long function, List<Long> jumps) {
      if (visits++ >= MOST_VISITS) {
        return;
      }
      if (isThere.test(function)) {
        ways.add(jumps);
        return;
      }
      if (jumps.size() == MOST_JUMPS) {
        return;
      }
      long[] code = instructions(function);
      for (long at : code) {
        int instruction = memory.instruction(at).orElse(0);
        long target = target(at, instruction);
        if ((instruction & BRANCH_MASK) == B
            && (target < function || target > code[code.length - 1])) {
          List<Long> longer = new ArrayList<>(jumps);
          longer.add(at);
          from(target, longer);
        }
      }
    }
  }
}
