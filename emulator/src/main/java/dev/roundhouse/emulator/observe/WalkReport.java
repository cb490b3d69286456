package dev.roundhouse.emulator.observe;

import dev.roundhouse.emulator.cpu.CoreState.Walk;
import dev.roundhouse.emulator.cpu.CoreState.WalkStep;

/**
 * How an address is translated, level by level (Arm Architecture Reference Manual for A-profile,
 * D8.3: VMSAv8-64 descriptors, 4 KiB granule).
 */
final class WalkReport {
  private static final int VALID = 1;
  private static final int TABLE = 2;
  private static final int LAST_LEVEL = 3;
  private static final int PAGE_SHIFT = 12;
  private static final int BITS_PER_LEVEL = 9;
  private static final long ADDRESS = 0x0000_ffff_ffff_f000L;
  private static final int OPEN_TO_EL0 = 1 << 6;
  private static final int READ_ONLY = 1 << 7;
  private static final int ACCESSED = 1 << 10;
  private static final int ATTRIBUTES_SHIFT = 2;
  private static final int ATTRIBUTES_MASK = 7;
  private static final long NOT_EXECUTED_AT_EL1 = 1L << 53;
  private static final long NOT_EXECUTED_AT_EL0 = 1L << 54;

  private WalkReport() {}

  static String of(Walk walk) {
    StringBuilder text = new StringBuilder();
    if (walk.steps().isEmpty()) {
      return "0x%x, the last abort's address, is in no translation table%n"
          .formatted(walk.virtual());
    }
    text.append("translation of 0x%x, the last abort's address%n".formatted(walk.virtual()));
    for (WalkStep step : walk.steps()) {
      text.append(
          "  level %d, at 0x%x: 0x%016x %s%n"
              .formatted(step.level(), step.place(), step.descriptor(), meaning(step)));
    }
    return text.toString();
  }

  private static String meaning(WalkStep step) {
    long entry = step.descriptor();
    if ((entry & VALID) == 0) {
      return "nothing mapped";
    }
    boolean isPointer = (entry & TABLE) != 0;
    if (isPointer && step.level() < LAST_LEVEL) {
      return "table at 0x%x".formatted(entry & ADDRESS);
    }
    if (isPointer != (step.level() == LAST_LEVEL)) {
      return "not allowed at this level";
    }
    int shift = PAGE_SHIFT + BITS_PER_LEVEL * (LAST_LEVEL - step.level());
    return "0x%x, %s".formatted(entry & ADDRESS & -(1L << shift), rights(entry));
  }

  private static String rights(long entry) {
    StringBuilder rights = new StringBuilder((entry & READ_ONLY) == 0 ? "rw" : "read-only");
    rights.append((entry & OPEN_TO_EL0) == 0 ? ", EL1 only" : ", EL0 too");
    rights.append((entry & NOT_EXECUTED_AT_EL1) == 0 ? "" : ", PXN");
    rights.append((entry & NOT_EXECUTED_AT_EL0) == 0 ? "" : ", UXN");
    rights.append((entry & ACCESSED) == 0 ? ", access flag clear" : "");
    return rights + ", attributes " + (entry >>> ATTRIBUTES_SHIFT & ATTRIBUTES_MASK);
  }
}
