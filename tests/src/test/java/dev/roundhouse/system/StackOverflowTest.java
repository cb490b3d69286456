package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stacks that grow over what lies below them. */
class StackOverflowTest {
  private static final int MMAP = 9;
  private static final int MY_TID = 3;
  private static final int MOV_X22_SP = 0x9100_03F6;
  private static final int MOV_SP_X22 = 0x9100_02DF;
  private static final int PUSH_ZERO = 0xF81F_0FFF;
  private static final int STORE_ZERO_AT_SP = 0xF900_03FF;
  private static final int SUB_SP_SP_X9 = 0xCB29_63FF;
  private static final int MOV_X0_SP = 0x9100_03E0;
  private static final int LOAD_X10_AT_SP = 0xF940_03EA;
  private static final int ADD_X10_64_KIB = 0x9140_414A;
  private static final int MOV_SP_X10 = 0x9100_015F;
  private static final int BYTES_PER_PUSH = 16;

  private static GuestCode begin() {
    return new GuestCode().keepReturn().word(MOV_X22_SP);
  }

  private static GuestCode push(GuestCode code, int bytes) {
    code.set(GuestCode.COUNTER, bytes / BYTES_PER_PUSH);
    int loop = code.here();
    return code.word(PUSH_ZERO).countDownTo(loop);
  }

  private static ProgramRun deep(byte[] program) {
    return new ProgramRun()
        .entry("deep", program)
        .program("name_server", Images.bundled("name_server"));
  }

  private static byte[] recursionBetweenTwoCalls(int bytes) {
    return push(begin(), bytes).word(MOV_SP_X22).call(MY_TID).end();
  }

  @ParameterizedTest
  @EnumSource
  void aStackThatGrowsTooFarBetweenTwoCallsAndComesBackIsFound(TestEngine engine) {
    GuestRecord run = deep(recursionBetweenTwoCalls(1_300_000)).runOn(engine);
    assertThat(run.brokenRules()).containsExactly(Rule.STACK_OVERFLOW);
    assertThat(run.violations().getFirst().detail())
        .isEqualTo("16 bytes below the stack of 1024 KiB, in the stack of tid 0 (idle)");
    assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
  }

  @ParameterizedTest
  @EnumSource
  void aStrictRunEndsAtTheInstruction(TestEngine engine) {
    GuestRecord run = deep(recursionBetweenTwoCalls(1_300_000)).strict().runOn(engine);
    assertThat(run.end().text()).contains("tid 1: stack overflow at 0x40600110");
    assertThat(run.result().instructions()).isBetween(190_000L, 200_000L);
  }

  @ParameterizedTest
  @EnumSource
  void oneLargeFrameOfWhichOneWordIsWrittenIsFound(TestEngine engine) {
    byte[] program =
        begin()
            .set(9, 2_000_000)
            .word(SUB_SP_SP_X9)
            .word(STORE_ZERO_AT_SP)
            .word(MOV_SP_X22)
            .call(MY_TID)
            .end();
    assertThat(deep(program).runOn(engine).brokenRules()).containsExactly(Rule.STACK_OVERFLOW);
  }

  @ParameterizedTest
  @EnumSource
  void aStackThatIsUsedToItsEndHasNotOverflowed(TestEngine engine) {
    assertThat(deep(recursionBetweenTwoCalls(1_047_000)).runOn(engine).brokenRules()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aTaskMayMakeItselfAnotherStack(TestEngine engine) {
    GuestCode code = begin().word(PUSH_ZERO).word(MOV_X0_SP).set(1, 1 << 20).call(MMAP);
    code.word(LOAD_X10_AT_SP).word(ADD_X10_64_KIB).word(MOV_SP_X10);
    byte[] program = push(code, 60_000).call(MY_TID).word(MOV_SP_X22).end();
    assertThat(deep(program).runOn(engine).brokenRules()).isEmpty();
  }
}
