package dev.roundhouse.emulator.unicorn;

import java.util.Optional;

/**
 * Notices that FP and SIMD registers change while CPACR_EL1.FPEN forbids EL1 to use them (Arm
 * Architecture Reference Manual for A-profile, D19.2.30): the chip would take an exception, the
 * engine does not. It looks now and then, so a short use may go by.
 */
final class FloatingPointWatch {
  private static final int LOOK_EACH = 16;
  private static final int REGISTERS = 32;
  private static final int ENABLE_SHIFT = 20;
  private static final int ENABLE_MASK = 3;
  private static final int ALLOWED_AT_EL1 = 1;
  private static final int HYPERVISOR = 2;
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private final SystemRegisterFile registers;
  private int calls;
  private long content;
  private boolean wasForbidden;
  private boolean isTold;

  FloatingPointWatch(SystemRegisterFile registers) {
    this.registers = registers;
  }

  /** Looks, if it is time to. Returns what is wrong, once. */
  Optional<String> look(int level) {
    if (isTold || ++calls % LOOK_EACH != 0) {
      return Optional.empty();
    }
    long now = content();
    boolean isForbidden = level < HYPERVISOR && isForbidden();
    boolean isUsed = isForbidden && wasForbidden && now != content;
    content = now;
    wasForbidden = isForbidden;
    isTold = isUsed;
    return isUsed
        ? Optional.of(
            "FP and SIMD registers change while CPACR_EL1.FPEN forbids it: on the chip that is an"
                + " exception (class 0x07), here it works")
        : Optional.empty();
  }

  private boolean isForbidden() {
    long enabled = registers.floatingPointAccess() >>> ENABLE_SHIFT & ENABLE_MASK;
    return (enabled & ALLOWED_AT_EL1) == 0;
  }

  private long content() {
    long all = 0;
    for (int number = 0; number < REGISTERS; number++) {
      all = (all ^ registers.numbered(Arm64Register.D0 + number)) * MULTIPLIER;
    }
    return all;
  }
}
