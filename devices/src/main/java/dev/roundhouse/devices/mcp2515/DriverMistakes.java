package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.trace.Warnings;
import java.util.Set;
import java.util.TreeSet;

/** What a driver does wrong; each kind is told once. */
final class DriverMistakes {
  /** What the chip is called in warnings and traces. */
  static final String CHIP = "MCP2515";

  private final Warnings warnings;
  private final Set<Mistake> told = new TreeSet<>();

  /** A kind of mistake. */
  enum Mistake {
    UNDEFINED_INSTRUCTION,
    TOO_EARLY,
    CUT_OFF,
    NOT_IN_CONFIGURATION,
    INVALID_TIMING,
    WRONG_BIT_RATE,
    WRITTEN_WHILE_PENDING,
    REQUEST_IN_WRONG_MODE,
    NOT_ACKNOWLEDGED,
    BUS_OFF,
    FREED_UNREAD,
    OVERFLOW,
    OUT_OF_ORDER
  }

  DriverMistakes(Warnings warnings) {
    this.warnings = warnings;
  }

  void tell(Mistake mistake, String what) {
    if (told.add(mistake)) {
      warnings.warn(CHIP, what);
    }
  }
}
