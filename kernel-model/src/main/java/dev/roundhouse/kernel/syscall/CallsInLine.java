package dev.roundhouse.kernel.syscall;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.loader.Symbol;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notices system calls that are not functions of their own: what stands behind the svc is never
 * executed, because the kernel goes on at x30 (kernel/include/context_macro.S, store_td, 9d49562).
 * Of each place only the first call is looked at.
 */
public final class CallsInLine {
  private static final int RETURN = 0xd65f_03c0;
  private static final int INSTRUCTION_BYTES = 4;

  /** Instructions between svc and return that compilers add to narrow or widen a result. */
  private static final int HARMLESS = 2;

  private static final int PLACES = 1024;
  private static final int MOST = 1 << 16;
  private static final int PAGE_SHIFT = 18;

  private final PhysicalMemory memory;
  private final Violations violations;
  private final long[] recent = new long[PLACES];
  private final Set<Long> seen = new TreeSet<>();

  public CallsInLine(PhysicalMemory memory, Violations violations) {
    this.memory = memory;
    this.violations = violations;
  }

  /** A task calls by an svc that ends at {@code behind}. */
  public void look(Task caller, long behind) {
    int place = (int) (behind >>> 2 ^ behind >>> PAGE_SHIFT) & PLACES - 1;
    if (recent[place] != behind) {
      recent[place] = behind;
      if (seen.size() < MOST && seen.add(behind)) {
        check(caller, behind);
      }
    }
  }

  private void check(Task caller, long behind) {
    SavedRegisters registers = caller.registers();
    if (registers.lr() == behind || returnsSoon(behind)) {
      return;
    }
    caller
        .program()
        .flatMap(program -> functionAround(program, behind))
        .ifPresent(function ->
            violations.report(
                caller,
                Rule.CALL_IN_LINE,
                "the svc at 0x%x is in the middle of %s; the kernel returns to x30 = 0x%x, not behind it: make the call in a function of its own (svc, ret)"
                    .formatted(behind - INSTRUCTION_BYTES, function.name(), registers.lr())));
  }

  private boolean returnsSoon(long behind) {
    for (int n = 0; n <= HARMLESS; n++) {
      long at = behind + (long) n * INSTRUCTION_BYTES;
      if (!memory.contains(at, INSTRUCTION_BYTES)) {
        return false;
      }
      if (memory.getInt(at) == RETURN) {
        return true;
      }
    }
    return false;
  }

  /** The function of a known size that the svc and what is behind it are in. */
  private static Optional<Symbol> functionAround(LoadedProgram program, long behind) {
    long inFile = behind - program.loadBias();
    return program
        .image()
        .symbols()
        .at(inFile - INSTRUCTION_BYTES)
        .filter(symbol -> inFile < symbol.address() + symbol.size());
  }
}
