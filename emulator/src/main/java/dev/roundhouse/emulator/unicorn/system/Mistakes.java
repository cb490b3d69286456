package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.CoreState.TakenException;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an exception shows of a kernel's mistakes, told once of each place: the exceptions after it
 * hide it.
 */
final class Mistakes {
  private static final int CLASS_SHIFT = 26;
  private static final int UNKNOWN = 0;
  private static final int SECURE_CALL_CLASS = 0x17;
  private static final int SECURE_CALL = 0xd400_0003;
  private static final int SECURE_CALL_MASK = 0xffe0_001f;
  private static final int SYSTEM_MOVE = 0xd510_0000;
  private static final int SYSTEM_MOVE_MASK = 0xffd0_0000;
  private static final int READ = 1 << 21;
  private static final int SYSTEM_NAME_SHIFT = 5;
  private static final int SYSTEM_NAME_MASK = 0x7fff;

  /** Lowest exception level by the field op1 of a register's name (Arm ARM, D23.1.1). */
  private static final int[] LEVELS = {1, 1, 1, 0, 2, 2, 3, 1};

  private static final int POWER_CALLS = 0x8400_0000;
  private static final int POWER_MASK = 0xbfff_ffe0;
  private static final int POWER_ON = 0x8400_0003;
  private static final int WIDE = 0x4000_0000;
  private static final int LINK = 30;
  private static final int WORDS_OF_NOTHING = 4;
  private static final int VECTORS_BYTES = 0x800;
  private static final long NEAR_STACK = 0x1_0000;
  private static final int MOST_TOLD = 32;

  /** Registers of EL3 by op1, CRn, CRm and op2 (the same, D23.2). */
  private static final Map<Integer, String> OF_EL3 =
      Map.of(
          name(1, 0, 0), "SCTLR_EL3",
          name(1, 1, 0), "SCR_EL3",
          name(1, 1, 2), "CPTR_EL3",
          name(1, 3, 1), "MDCR_EL3",
          name(2, 0, 0), "TTBR0_EL3",
          name(4, 0, 0), "SPSR_EL3",
          name(4, 0, 1), "ELR_EL3",
          name(4, 1, 0), "SP_EL2",
          name(10, 2, 0), "MAIR_EL3",
          name(12, 0, 0), "VBAR_EL3");

  private final GuestData data;
  private final Set<Long> told = new TreeSet<>();

  Mistakes(GuestData data) {
    this.data = data;
  }

  private static int name(int crn, int crm, int op2) {
    return 6 << 11 | crn << 7 | crm << 3 | op2;
  }

  /** What an exception that is about to be taken shows; nothing of most. */
  Optional<CodeWatch.Misuse> in(TakenException exception) {
    int kind = exception.syndrome() >>> CLASS_SHIFT;
    boolean isUndefined = kind == UNKNOWN || kind == SECURE_CALL_CLASS;
    if ((!isUndefined && !exception.isAbort()) || told.size() == MOST_TOLD) {
      return Optional.empty();
    }
    int instruction = data.instructionAt(exception.pc());
    return inVectors(exception, instruction)
        .or(() -> isUndefined ? undefined(exception.pc(), instruction) : abort(exception))
        .filter(mistake -> told.add(exception.pc()))
        .map(what -> new CodeWatch.Misuse(exception.pc(), what));
  }

  /** The first instructions of a handler, before it has saved what the exception before left. */
  private Optional<String> inVectors(TakenException exception, int instruction) {
    int level = exception.level();
    long vectors = data.registers().numbered(Arm64Register.VBAR_EL0 + level);
    long inside = exception.pc() - vectors;
    if (data.window().level() != level || inside < 0 || inside >= VECTORS_BYTES) {
      return Optional.empty();
    }
    long before = data.registers().numbered(Arm64Register.ELR_EL0 + level);
    if (instruction == 0) {
      return Optional.of(
          "no exception vectors are here (VBAR_EL%d is 0x%x): set it before the first exception, which came at 0x%x"
              .formatted(level, vectors, before));
    }
    String stack = abort(exception).map(why -> "; " + why).orElse("");
    return Optional.of(
        "double fault: an exception inside the exception vectors, which handled one from 0x%x%s"
            .formatted(before, stack));
  }

  private Optional<String> undefined(long pc, int instruction) {
    if ((instruction & SECURE_CALL_MASK) == SECURE_CALL) {
      return powerCall((int) data.window().general(0));
    }
    if (instruction == 0 && isNothing(pc)) {
      return Optional.of(
          "no code is here, only zeros: a bad function pointer, or a return with a bad x30 (now 0x%x)"
              .formatted(data.window().general(LINK)));
    }
    return (instruction & SYSTEM_MOVE_MASK) == SYSTEM_MOVE
        ? systemMove(instruction)
        : Optional.empty();
  }

  /** A single word of zeros may be meant: {@code udf #0}. */
  private boolean isNothing(long pc) {
    for (int n = 1; n < WORDS_OF_NOTHING; n++) {
      if (data.instructionAt(pc + (long) n * Opcode.BYTES) != 0) {
        return false;
      }
    }
    return true;
  }

  /** PSCI (Arm DEN 0022D, 5.1); what else an {@code smc} may ask for is between others. */
  private static Optional<String> powerCall(int function) {
    if ((function & POWER_MASK) != POWER_CALLS) {
      return Optional.empty();
    }
    return Optional.of(
        "smc: there is no firmware at EL3 that answers"
            + ((function & ~WIDE) == POWER_ON
                ? "; PSCI CPU_ON: other cores never start here"
                : ""));
  }

  /** A kernel may emulate registers of EL1 for its tasks; those above EL1 are not its own. */
  private Optional<String> systemMove(int instruction) {
    int level = LEVELS[Opcode.bits(instruction, 18, 16)];
    if (level <= data.window().level() || level == 1) {
      return Optional.empty();
    }
    String move = (instruction & READ) == 0 ? "msr" : "mrs";
    if (level < 3) {
      return Optional.of(
          "%s of a register of EL%d at EL%d".formatted(move, level, data.window().level()));
    }
    String register =
        OF_EL3.getOrDefault(
            instruction >>> SYSTEM_NAME_SHIFT & SYSTEM_NAME_MASK & ~(1 << 14), "a register of EL3");
    return Optional.of(
        ("%s %s: the kernel wants to start at EL3, as with armstub= in config.txt; here it starts at"
                + " EL%d, as the firmware does without: leave out what is done at EL3")
            .formatted(move, register, data.window().level()));
  }

  /** An access by a stack pointer that was never set, or that has run down to 0. */
  private Optional<String> abort(TakenException exception) {
    long sp = data.window().sp();
    boolean isByStack =
        sp >= -NEAR_STACK && sp <= 0 && Math.abs(exception.address() - sp) < NEAR_STACK;
    return isByStack
        ? Optional.of(
            "no stack: sp is 0x%x at EL%d: set it first, or start as U-Boot does, which lends a stack: --u-boot, --sp ADDRESS"
                .formatted(sp, data.window().level()))
        : Optional.empty();
  }
}
