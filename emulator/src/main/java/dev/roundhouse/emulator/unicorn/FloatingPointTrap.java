package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.emulator.unicorn.CodeWatch.Misuse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * FP and SIMD instructions where CPACR_EL1.FPEN or CPTR_EL2.TFP forbids them: exception class 0x07
 * (Arm Architecture Reference Manual for A-profile, D19.2.30, D19.2.33). The engine translates
 * their trap, but never asks for it (qemu/target/arm/helper.c, fp_exception_el, 2.1.1): so a block
 * that has such an instruction is found again with the engine's flag that asks for it. What was
 * translated while they were allowed is dropped when they are forbidden.
 */
final class FloatingPointTrap {
  /** No address of an instruction. */
  static final long NOWHERE = -1;

  private static final int LEVELS = 3;
  private static final int MOST_BLOCKS = 1024;

  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final CodeWatch.Code code;

  /** Blocks that have been translated without the trap, by physical address. */
  private final Map<Long, Block> open = new TreeMap<>();

  private record Block(long start, int bytes) {}

  private final int[] targets = new int[LEVELS];
  private boolean mayHaveChanged;
  private boolean isWanted;

  FloatingPointTrap(SystemWindow window, SystemRegisterFile registers, CodeWatch.Code code) {
    this.window = window;
    this.registers = registers;
    this.code = code;
    readTargets();
  }

  private void readTargets() {
    for (int level = 0; level < LEVELS; level++) {
      targets[level] = registers.floatingPointTarget(level);
    }
  }

  /** Takes a block with such an instruction; whether it must be found again to trap. */
  boolean isToTrap(long start, int bytes) {
    if (window.asksForFloatingPointTrap()) {
      return false;
    }
    open.put(code.physical(start), new Block(start, bytes));
    isWanted = window.canTrapFloatingPoint() && targetNow() != 0;
    return isWanted;
  }

  private int targetNow() {
    return registers.floatingPointTarget(window.level());
  }

  /**
   * What to tell of such an instruction. A kernel whose tasks trap may well give them the registers
   * then; one that uses them itself has forgotten to allow it.
   */
  Optional<Misuse> misuse(long at) {
    if (targetNow() == 0 || (window.level() == 0 && window.canTrapFloatingPoint())) {
      return Optional.empty();
    }
    String outcome =
        window.canTrapFloatingPoint()
            ? "exception class 0x07 is taken"
            : "on the chip that is an exception (class 0x07), with this engine library it works";
    return Optional.of(
        new Misuse(at, "FP or SIMD while CPACR_EL1.FPEN or CPTR_EL2.TFP forbids it: " + outcome));
  }

  void controlWritten() {
    mayHaveChanged = true;
  }

  /** Drops translations without the trap if one is needed now; whether it has. */
  boolean dropForbidden() {
    if (!mayHaveChanged) {
      return false;
    }
    mayHaveChanged = false;
    boolean isLost = false;
    for (int level = 0; level < LEVELS; level++) {
      isLost |= targets[level] == 0 && registers.floatingPointTarget(level) != 0;
    }
    readTargets();
    boolean drops = isLost && !open.isEmpty() && window.canTrapFloatingPoint();
    if (drops) {
      drop();
    }
    return drops;
  }

  /** The engine drops code by virtual address, and some may be another block's by now. */
  private void drop() {
    boolean areThere = open.size() < MOST_BLOCKS;
    for (Map.Entry<Long, Block> entry : open.entrySet()) {
      areThere &= code.physical(entry.getValue().start) == entry.getKey();
    }
    if (areThere) {
      open.values().forEach(block -> code.forget(block.start, block.start + block.bytes));
    } else {
      code.forgetAll();
    }
    open.clear();
  }

  /** Does not ask for the trap: something else comes first. */
  void disarm() {
    isWanted = false;
  }

  /** Asks for the trap if a block was dropped to get it. */
  void arm() {
    if (isWanted) {
      isWanted = false;
      window.askForFloatingPointTrap(targetNow());
    }
  }
}
