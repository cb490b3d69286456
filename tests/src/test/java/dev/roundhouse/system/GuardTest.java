package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.machine.Guard;
import dev.roundhouse.kernel.report.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that are watched: to stacks, and to code. */
class GuardTest {
  private static final long NAME_SERVERS_STACK = 0x4050_0000L;
  private static final long STACK_BYTES = 1 << 20;
  private static final long OWN_CODE = 0x4060_0100L;
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

  @Test
  void whatATaskReadsOfAnotherTasksStackIsNoNews() {
    byte[] program = GuestCode.loading(NAME_SERVERS_STACK + STACK_BYTES - 640, 3);
    assertThat(entry(program).guarded(Guard.values()).runOn(TestEngine.INSTALLED).brokenRules())
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
    String[] names = system.split(" ", 2);
    String[] others = names.length == 1 ? new String[0] : names[1].split(" ");
    GuestRecord plain =
        ProgramRun.bundled(names[0], others)
            .traced()
            .input("x")
            .arg("N", "500")
            .runOn(TestEngine.INSTALLED);
    GuestRecord guarded =
        ProgramRun.bundled(names[0], others)
            .traced()
            .input("x")
            .arg("N", "500")
            .guarded(Guard.values())
            .runOn(TestEngine.INSTALLED);
    assertThat(plain.violations()).isEmpty();
    assertThat(guarded.all()).isEqualTo(plain.all());
  }
}
