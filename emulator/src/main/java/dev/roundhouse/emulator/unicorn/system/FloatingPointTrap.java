package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.emulator.unicorn.system.CodeWatch.Misuse;
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
  private static final int MOST_BLOCKS = 1 << 18;

  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final CodeWatch.Code code;

  /** Blocks that were translated without the trap while they needed none: bytes by place. */
  private final Map<Long, Integer> open = new TreeMap<>();

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
    if (!window.canTrapFloatingPoint() || window.asksForFloatingPointTrap()) {
      return false;
    }
    isWanted = targetNow() != 0;
    if (!isWanted && open.size() < MOST_BLOCKS) {
      open.put(code.physical(start), bytes);
    }
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
    boolean drops = isLost && !open.isEmpty();
    if (drops) {
      open.forEach(code::forget);
      open.clear();
    }
    return drops;
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
