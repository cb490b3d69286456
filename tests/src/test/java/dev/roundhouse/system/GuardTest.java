package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.kernel.report.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that are watched: to stacks, and to code. */
class GuardTest {
  private static final long NAME_SERVERS_STACK = 0x4050_0000L;
  private static final long STACK_BYTES = 1 << 20;
  private static final long OWN_CODE = 0x4060_0100L;
  private static final int CREATE = 2;
  private static final int RECEIVE = 6;
  private static final int MOV_X0_SP = 0x9100_03E0;
  private static final int PUSH_X9 = 0xF81E_0FE9;
  private static final int STORE_X10 = 0xF900_07EA;
  private static final int MOV_X1_SP = 0x9100_03E1;
  private static final int SUB_SP_SP_X9 = 0xCB29_63FF;
  private static final int STORE_ZERO_AT_SP = 0xF900_03FF;
  private static final int PUSH_ZERO = 0xF81F_0FFF;
  private static final int MOV_X22_SP = 0x9100_03F6;
  private static final int MOV_SP_X22 = 0x9100_02DF;

  private static ProgramRun entry(byte[] program) {
    return new ProgramRun()
        .entry("writer", program)
        .program("name_server", Images.bundled("name_server"));
  }

  @ParameterizedTest
  @EnumSource
  void aWriteIntoAnotherTasksStackIsToldWithInstructionAndDepth(TestEngine engine) {
    byte[] program = GuestCode.storing(NAME_SERVERS_STACK + STACK_BYTES - 640, 7);
    assertThat(entry(program).runOn(engine).brokenRules()).isEmpty();
    GuestRecord run = entry(program).guarded(Guard.STRAYS).runOn(engine);
    assertThat(run.brokenRules()).containsExactly(Rule.FOREIGN_STACK);
    assertThat(run.violations().getFirst().detail())
        .matches("1 byte to 0x405ffd80, in the stack of tid 2 .*, 640 bytes below its top");
    assertThat(run.violations().getFirst().callerPc()).isEqualTo(0x4060_0110L);
  }

  @ParameterizedTest
  @EnumSource
  void aStackThatGrowsOverWhatAnotherTaskUsesIsSeenAtItsFirstWriteThere(TestEngine engine) {
    GuestCode code = new GuestCode().keepReturn().word(MOV_X22_SP);
    code.set(GuestCode.COUNTER, 65_530);
    int loop = code.here();
    byte[] program = code.word(PUSH_ZERO).countDownTo(loop).word(MOV_SP_X22).end();
    GuestRecord run = entry(program).guarded(Guard.STACKS).runOn(engine);
    assertThat(run.brokenRules()).containsExactly(Rule.STACK_OVERFLOW);
    assertThat(run.violations().getFirst().detail()).startsWith("16 bytes below the stack");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteIntoCodeIsToldBeforeItRunsAndAfter(TestEngine engine) {
    byte[] program = GuestCode.storing(OWN_CODE + 0x200, 7);
    assertThat(entry(program).runOn(engine).brokenRules()).isEmpty();
    GuestRecord run = entry(program).guarded(Guard.CODE).runOn(engine);
    assertThat(run.brokenRules()).containsExactly(Rule.CODE_WRITTEN);
    assertThat(run.violations().getFirst().detail())
        .isEqualTo("4 bytes to 0x40600300, in the code of its own program");
    GuestRecord strict = entry(program).guarded(Guard.CODE).strict().runOn(engine);
    assertThat(strict.end().text()).contains("write into code at 0x40600110");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteIntoCodeBesideDataIsToldBecauseEachWriteIsLookedAt(TestEngine engine) {
    byte[] program = GuestCode.besideData(GuestCode.storing(OWN_CODE + 0x200, 7));
    ProgramRun guarded = entry(program).guarded(Guard.CODE);
    assertThat(guarded.guest().slowness().orElseThrow())
        .startsWith("user_entry has code and data in one page")
        .contains("about 20 times slower");
    GuestRecord run = guarded.runOn(engine);
    assertThat(run.brokenRules()).containsExactly(Rule.CODE_WRITTEN);
    assertThat(run.violations().getFirst().detail())
        .isEqualTo("4 bytes to 0x40600300, in the code of its own program");
    assertThat(run.violations().getFirst().callerPc()).isEqualTo(0x4060_0110L);
    GuestRecord strict = entry(program).guarded(Guard.CODE).strict().runOn(engine);
    assertThat(strict.end().text()).contains("write into code at 0x40600110");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteToDataBesideCodeIsNoNews(TestEngine engine) {
    byte[] program = GuestCode.besideData(GuestCode.countingAt(OWN_CODE + 0x800, 100));
    GuestRecord plain = entry(program).traced().runOn(engine);
    GuestRecord guarded = entry(program).traced().guarded(Guard.CODE).runOn(engine);
    assertThat(guarded.brokenRules()).isEmpty();
    assertThat(guarded.all()).isEqualTo(plain.all());
  }

  @ParameterizedTest
  @EnumSource
  void aStackThatStepsOverWhatIsClosedBelowItIsSeenWhereEachWriteIsLookedAt(TestEngine engine) {
    GuestCode code = new GuestCode().keepReturn().word(MOV_X22_SP).set(9, 0x1F_F5A0);
    byte[] jumper = code.word(SUB_SP_SP_X9).word(STORE_ZERO_AT_SP).word(MOV_SP_X22).end();
    ProgramRun system = entry(creating("jumper")).program("jumper", jumper);
    assertThat(system.guarded(Guard.STACKS).runOn(engine).brokenRules()).isEmpty();
    GuestRecord run = system.guarded(Guard.WRITES).runOn(engine);
    assertThat(run.brokenRules()).containsExactly(Rule.STACK_OVERFLOW);
    assertThat(run.violations().getFirst().detail())
        .matches("1046272 bytes below the stack of 1024 KiB, in the program of tid 2 .*");
    assertThat(run.violations().getFirst().callerPc()).isEqualTo(0x4090_0114L);
  }

  /** A program that creates another, of a name of six letters, and waits. */
  private static byte[] creating(String program) {
    GuestCode code = new GuestCode().keepReturn().word(MOV_X22_SP);
    code.set(9, word("PROGRAM\0")).set(10, word(program + "\0\0")).word(PUSH_X9).word(STORE_X10);
    return code.set(0, 1)
        .word(MOV_X1_SP)
        .set(2, 15)
        .call(CREATE)
        .word(MOV_X0_SP)
        .set(2, 0)
        .call(RECEIVE)
        .end();
  }

  private static long word(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }

  @Test
  void whatATaskReadsOfAnotherTasksStackIsNoNews() {
    byte[] program = GuestCode.loading(NAME_SERVERS_STACK + STACK_BYTES - 640, 3);
    assertThat(
            entry(program)
                .guarded(Guard.STACKS, Guard.CODE, Guard.STRAYS)
                .runOn(TestEngine.INSTALLED)
                .brokenRules())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rps rps_server rps_player",
        "clock_delays clock_server clock_notifier",
        "uart_echo uart_notifier",
        "many_tasks",
        "hello_rust",
        "msg_demo msg_peer msg_peer_c",
        "name_clock_clients clock_server clock_notifier",
        "heap_blocks",
        "async_timers clock_server clock_notifier",
        "bench_srr"
      })
  void aGuardedRunOfACleanProgramIsTheRunWithout(String system) {
    assertThatGuardsChangeNothing(system, Guard.STACKS, Guard.CODE, Guard.STRAYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rps rps_server rps_player",
        "clock_delays clock_server clock_notifier",
        "hello_rust",
        "bench_srr"
      })
  void soIsOneWhoseEachWriteIsLookedAt(String system) {
    assertThatGuardsChangeNothing(system, Guard.values());
  }

  private static void assertThatGuardsChangeNothing(String system, Guard... guards) {
    String[] names = system.split(" ", 2);
    String[] others = names.length == 1 ? new String[0] : names[1].split(" ");
    GuestRecord plain = clean(names[0], others).runOn(TestEngine.INSTALLED);
    GuestRecord guarded = clean(names[0], others).guarded(guards).runOn(TestEngine.INSTALLED);
    assertThat(plain.violations()).isEmpty();
    assertThat(guarded.all()).isEqualTo(plain.all());
  }

  private static ProgramRun clean(String entry, String... others) {
    return ProgramRun.bundled(entry, others).traced().input("x").arg("N", "500");
  }
}
