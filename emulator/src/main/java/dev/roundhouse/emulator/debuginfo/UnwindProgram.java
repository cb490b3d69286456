package dev.roundhouse.emulator.debuginfo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the instructions that make the rules of a function: DWARF 5, 6.4.2 and 7.24. */
final class UnwindProgram {
  private static final int MOST_REMEMBERED = 64;
  private static final int MOST_REGISTERS = 32;
  private static final int REGISTERS = 128;

  private final UnwindTable.Common common;
  private final Deque<State> remembered = new ArrayDeque<>();
  private State state = new State();

  /** What the function starts with. */
  private State initial = new State();

  private long location;
  private long wanted;

  private static final class State {
    int register = -1;
    long offset;
    final Map<Integer, Long> saved = new HashMap<>();
    final Set<Integer> lost = new HashSet<>();

    /** Registers whose rule is of a kind that is not understood. */
    final Set<Integer> unclear = new HashSet<>();

    State copy() {
      State copy = new State();
      copy.register = register;
      copy.offset = offset;
      copy.saved.putAll(saved);
      copy.lost.addAll(lost);
      copy.unclear.addAll(unclear);
      return copy;
    }

    void forget(int number) {
      saved.remove(number);
      lost.remove(number);
      unclear.remove(number);
    }

    void restore(int number, State from) {
      forget(number);
      if (from.saved.containsKey(number)) {
        saved.put(number, from.saved.get(number));
      }
    }
  }

  UnwindProgram(UnwindTable.Common common) {
    this.common = common;
  }

  /** The rule at an instruction, so many bytes behind the start of the function. */
  Optional<CallerRule> run(ByteCursor instructions, long wantedBytes) throws DebugInfoException {
    wanted = Long.MAX_VALUE;
    run(common.instructions().copy());
    initial = state.copy();
    location = 0;
    wanted = wantedBytes;
    run(instructions);
    boolean isClear =
        state.register >= 0 && state.register < MOST_REGISTERS && state.unclear.isEmpty();
    return isClear
        ? Optional.of(new CallerRule(state.register, state.offset, state.saved, state.lost))
        : Optional.empty();
  }

  private void run(ByteCursor at) throws DebugInfoException {
    while (at.hasMore() && location <= wanted) {
      int opcode = (int) at.unsigned(1);
      int low = opcode & 0x3f;
      switch (opcode >>> 6) {
        case 1 -> location += low * common.codeUnit();
        case 2 -> save(low, at.uleb());
        case 3 -> state.restore(low, initial);
        default -> other(opcode, at);
      }
    }
  }

  private void save(int number, long units) {
    state.forget(number);
    state.saved.put(number, units * common.dataUnit());
  }

  private static int register(ByteCursor at) throws DebugInfoException {
    long number = at.uleb();
    if (number < 0 || number >= REGISTERS) {
      throw new DebugInfoException("has frames with a register that is none");
    }
    return (int) number;
  }

  private void other(int opcode, ByteCursor at) throws DebugInfoException {
    switch (opcode) {
      case 0x00, 0x2d -> {}
      case 0x02, 0x03, 0x04 -> location += at.unsigned(1 << (opcode - 2)) * common.codeUnit();
      case 0x05 -> save(register(at), at.uleb());
      case 0x11 -> save(register(at), at.sleb());
      case 0x06 -> state.restore(register(at), initial);
      case 0x07 -> {
        int number = register(at);
        state.forget(number);
        state.lost.add(number);
      }
      case 0x08 -> state.forget(register(at));
      case 0x09, 0x14, 0x15 -> {
        state.unclear.add(register(at));
        long _ = at.uleb();
      }
      case 0x10, 0x16 -> {
        state.unclear.add(register(at));
        at.skip(at.uleb());
      }
      case 0x0a -> {
        remembered.push(state.copy());
        if (remembered.size() > MOST_REMEMBERED) {
          throw new DebugInfoException("has frames that are nested too deep");
        }
      }
      case 0x0b -> state = remembered.isEmpty() ? state : remembered.pop();
      case 0x2e -> {
        long _ = at.uleb();
      }
      default -> frameAddress(opcode, at);
    }
  }

  private void frameAddress(int opcode, ByteCursor at) throws DebugInfoException {
    switch (opcode) {
      case 0x0c, 0x12 -> {
        state.register = register(at);
        state.offset = opcode == 0x0c ? at.uleb() : at.sleb() * common.dataUnit();
      }
      case 0x0d -> state.register = register(at);
      case 0x0e -> state.offset = at.uleb();
      case 0x13 -> state.offset = at.sleb() * common.dataUnit();
      case 0x0f -> {
        state.register = -1;
        at.skip(at.uleb());
      }
      default -> throw new DebugInfoException("has frames with an unknown instruction");
    }
  }
}
