package dev.roundhouse.emulator.unicorn.binding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings are what an assembler makes of the instruction beside them. */
class RequiredAlignmentTest {
  private static final int SHIFT = 4;

  @ParameterizedTest
  @CsvSource({
    "f9400020, 0, 3, 3", // ldr x0, [x1]
    "79400020, 0, 1, 1", // ldrh w0, [x1]
    "39400020, 0, 0, 0", // ldrb w0, [x1]
    "a9400820, 1, 3, 3", // ldp x0, x2, [x1], the second
    "29400820, 0, 2, 2", // ldp w0, w2, [x1]
    "3dc00020, 0, 3, 4", // ldr q0, [x1], its first half
    "3dc00020, 1, 3, 3", // the second
    "ad400420, 2, 3, 4", // ldp q0, q1, [x1], the second register
    "6d400420, 0, 3, 3", // ldp d0, d1, [x1]
    "fd400020, 0, 3, 3", // ldr d0, [x1]
    "4c407020, 0, 3, 0", // ld1 {v0.16b}, [x1], in halves
    "4c407420, 0, 3, 1", // ld1 {v0.8h}, [x1]
    "4c407c20, 1, 3, 3", // ld1 {v0.2d}, [x1]
    "0d409020, 0, 2, 2", // ld1 {v0.s}[1], [x1]
    "c8dffc20, 0, 3, 3", // ldar x0, [x1]
    "4cdf7020, 0, 3, 0", // ld1 {v0.16b}, [x1], #16
  })
  void elementsAreAligned(String encoding, int number, int size, int logarithm) {
    int instruction = Integer.parseUnsignedInt(encoding, 16);
    assertThat(RequiredAlignment.checked(instruction, number, size))
        .isEqualTo(size | logarithm << SHIFT);
  }

  @ParameterizedTest
  @CsvSource({
    "c85f7c20, 73, 3, 3", // ldxr x0, [x1]: natural alignment is 7
    "c87f0820, 43, 3, 4", // ldxp x0, x2, [x1]: 16 bytes
  })
  void whatTheEngineNeedsIsKept(String encoding, String operation, int size, int logarithm) {
    int instruction = Integer.parseUnsignedInt(encoding, 16);
    int engines = Integer.parseInt(operation, 16);
    assertThat(RequiredAlignment.checked(instruction, 0, engines))
        .isEqualTo(size | logarithm << SHIFT);
  }

  @ParameterizedTest
  @CsvSource({
    "c8dffc20, true, false", // ldar x0, [x1]
    "c89fffe0, true, true", // stlr x0, [sp]
    "c85f7fe0, true, true", // ldxr x0, [sp]
    "f94003e0, false, true", // ldr x0, [sp]
    "a9bf7bfd, false, true", // stp x29, x30, [sp, #-16]!
    "4c407fe0, false, true", // ld1 {v0.2d}, [sp]
    "5800001f, false, false", // ldr xzr, a literal
    "910043ff, false, false", // add sp, sp, #16
  })
  void whatIsCheckedAlwaysAndOnTheStackIsKnown(String encoding, boolean always, boolean onStack) {
    int instruction = Integer.parseUnsignedInt(encoding, 16);
    assertThat(RequiredAlignment.isAlwaysChecked(instruction)).isEqualTo(always);
    assertThat(RequiredAlignment.isBasedOnStack(instruction)).isEqualTo(onStack);
  }
}
