package dev.roundhouse.emulator.ports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are what the GNU assembler makes of the text. */
class RegisterOnlyCodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b9400020 | ldr w0, [x1]
          f85f8c20 | ldr x0, [x1, #-8]!
          b8408420 | ldr w0, [x1], #8
          38626820 | ldrb w0, [x1, x2]
          a94107e0 | ldp x0, x1, [sp, #16]
          b9802020 | ldrsw x0, [x1, #32]
          58000040 | ldr x0, .+8
          91000400 | add x0, x0, #1
          4b030002 | sub w2, w0, w3
          6b04005f | cmp w2, w4
          9a020020 | adc x0, x1, x2
          9b027c20 | mul x0, x1, x2
          d37ff800 | lsl x0, x0, #1
          d2800000 | mov x0, #0
          90000000 | adrp x0, .
          14000000 | b .
          94000000 | bl .
          54ffffe3 | b.lo .-4
          34000000 | cbz w0, .
          3707ffe0 | tbnz w0, #0, .-4
          d65f03c0 | ret
          d63f0000 | blr x0
          d503201f | nop
          d503203f | yield
          d5033f9f | dsb sy
          d5033bbf | dmb ish
          d5033fdf | isb
          """)
  void registersFlagsAndLoadsArePure(String word, String text) {
    assertThat(isPure(word)).as(text).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b9000020 | str w0, [x1]
          f81f8c20 | str x0, [x1, #-8]!
          38226820 | strb w0, [x1, x2]
          a90107e0 | stp x0, x1, [sp, #16]
          885f7c20 | ldxr w0, [x1]
          88027c20 | stxr w2, w0, [x1]
          b8200020 | ldadd w0, w0, [x1]
          b8218020 | swp w1, w0, [x1]
          d4000021 | svc #1
          d45e0000 | hlt #0xf000
          d503205f | wfe
          d503207f | wfi
          d5033f5f | clrex
          d53be020 | mrs x0, cntpct_el0
          d51b4200 | msr nzcv, x0
          d69f03e0 | eret
          1e622820 | fadd d0, d1, d2
          bd400020 | ldr s0, [x1]
          3c626820 | ldr b0, [x1, x2]
          00000000 | udf #0
          """)
  void allElseIsNot(String word, String text) {
    assertThat(isPure(word)).as(text).isFalse();
  }

  private static boolean isPure(String word) {
    return RegisterOnlyCode.isPure(Integer.parseUnsignedInt(word, 16));
  }
}
