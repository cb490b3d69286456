package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.mcp2515.DriverMistakes.Mistake;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.IntSupplier;

/**
 * CNF1 to CNF3: the bit time, in quanta of two periods of the crystal times a prescaler (data
 * sheet, 5).
 */
final class BitTiming {
  /** A period of the crystal of 16 MHz. */
  static final double CRYSTAL_NANOS = 62.5;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final Field JUMP = Field.of("SJW", 6, 2);
  private static final Field PRESCALER = Field.of("BRP", 0, 6);
  private static final Field HAS_SECOND = Field.bit("BTLMODE", 7);
  private static final Field FIRST = Field.of("PHSEG1", 3, 3);
  private static final Field PROPAGATION = Field.of("PRSEG", 0, 3);
  private static final Field SECOND = Field.of("PHSEG2", 0, 3);
  private static final int LEAST_SECOND = 2;
  private static final MathContext SHOWN = new MathContext(4);

  private final Register cnf1;
  private final Register cnf2;
  private final Register cnf3;

  /**
   * All 0.
   *
   * @param kept gives the bits that cannot be written now
   */
  BitTiming(ChipRegisters registers, IntSupplier kept) {
    cnf3 =
        add(
            registers,
            Register.of("CNF3", 0x28, Access.RW)
                .fields(Field.bit("SOF", 7), Field.bit("WAKFIL", 6), SECOND)
                .keeping(kept));
    cnf2 = add(registers, ChipRegisters.row("CNF2", 0x29, Access.RW).keeping(kept));
    cnf1 = add(registers, ChipRegisters.row("CNF1", 0x2A, Access.RW).keeping(kept));
  }

  private static Register add(ChipRegisters registers, Register register) {
    registers.addBitModifiable(register);
    return registers.addConfiguration(register);
  }

  private int first() {
    return FIRST.in(cnf2.value()) + 1;
  }

  private int second() {
    return cnf2.has(HAS_SECOND) ? SECOND.in(cnf3.value()) + 1 : Math.max(first(), LEAST_SECOND);
  }

  private int propagation() {
    return PROPAGATION.in(cnf2.value()) + 1;
  }

  double bitNanos() {
    int quanta = 1 + propagation() + first() + second();
    return 2 * (PRESCALER.in(cnf1.value()) + 1) * CRYSTAL_NANOS * quanta;
  }

  /** Whether it is as after a reset: a driver may wake the chip before it sets it up. */
  boolean isUnset() {
    return (cnf1.value() | cnf2.value() | cnf3.value()) == 0;
  }

  /** Tells of what the data sheet does not allow (5.3). */
  void check(DriverMistakes mistakes) {
    int jump = JUMP.in(cnf1.value()) + 1;
    if (second() < LEAST_SECOND || propagation() + first() < second() || second() <= jump) {
      mistakes.tell(
          Mistake.INVALID_TIMING,
          ("%s: PropSeg %d, PS1 %d, PS2 %d, SJW %d quanta, but PropSeg + PS1 must be at least PS2,"
                  + " PS2 at least 2 and more than SJW")
              .formatted(this, propagation(), first(), second(), jump));
    }
  }

  /** Such as {@code CNF1 = 0x41, CNF2 = 0xf1, CNF3 = 0x85 (250 kbit/s)}. */
  @Override
  public String toString() {
    String rate =
        new BigDecimal(NANOS_PER_MILLI / bitNanos())
            .round(SHOWN)
            .stripTrailingZeros()
            .toPlainString();
    return "CNF1 = 0x%02x, CNF2 = 0x%02x, CNF3 = 0x%02x (%s kbit/s)"
        .formatted(cnf1.value(), cnf2.value(), cnf3.value(), rate);
  }
}
