package dev.roundhouse.script;

import static dev.roundhouse.emulator.conformance.cases.StepReader.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.ScriptRunner;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.system.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine library makes of scripts is what their own processor makes of them. */
class ScriptsOnTheEngineTest {
  private static final AbiProfile PROFILE = AbiProfile.trainsOs();

  private static Observation runsAlike(ScriptedSystem system, TestEngine engine) {
    Observation onEngine = ScriptRunner.on(engine.library(), PROFILE).run(system);
    assertThat(onEngine).isEqualTo(ScriptRunner.interpreting(PROFILE).run(system));
    return onEngine;
  }

  @ParameterizedTest
  @EnumSource
  void messagesBothWays(TestEngine engine) {
    Observation seen =
        runsAlike(
            ScriptedSystem.of(
                script(
                    "user_entry",
                    "create 1 server; create 0 server; send child0 'ping' 8; "
                        + "send child1 'longer than its buffer' 2; my_parent_tid; send parent '' 0"),
                script("server", "recv 6; reply sender 'pong!'; exit")),
            engine);
    assertThat(seen.task(1).step(3).received()).isEqualTo("po");
    assertThat(seen.task(4).step(0).received()).isEqualTo("longer");
  }

  @ParameterizedTest
  @EnumSource
  void everyCallAndAllWork(TestEngine engine) {
    Observation seen =
        runsAlike(
            ScriptedSystem.of(
                script(
                    "user_entry",
                    "create 5 child KEY=value; create 21 child; my_tid; my_parent_tid; yield; "
                        + "mmap 1; mmap 3M; sys_health; encoder_init 20 21; encoder_get 0; "
                        + "print 'printed\\n'; compute 12345; peek 0xfe003004; "
                        + "reply 77 'nobody'; recv @0x7f000000:4 @0x7f000010:16"),
                script("child", "read_arguments 100; read_arguments 0; send 1 @0x7f000000:8 0")),
            engine);
    assertThat(seen.output()).containsEntry(2, "printed\n");
    assertThat(seen.task(3).step(0).received()).startsWith("PROGRAM\0child\0KEY\0value\0....");
  }

  @ParameterizedTest
  @EnumSource
  void interruptsComeAtTheSameInstruction(TestEngine engine) {
    Observation seen =
        runsAlike(
            ScriptedSystem.of(
                script("user_entry", "create 3 restless; create 4 busy; create 4 busy"),
                script("restless", "{1..59: arm_timer #; my_tid; await_event timer}"),
                script("busy", "{1..400: my_tid; compute 7; yield}")),
            engine);
    assertThat(seen.order())
        .filteredOn(Observation.Entry.Interrupted.class::isInstance)
        .hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource
  void bytesFromOutside(TestEngine engine) {
    Observation seen =
        runsAlike(
            ScriptedSystem.of(
                    script(
                        "user_entry",
                        "poke uart3.ibrd 26; poke uart3.lcrh 0x70; poke uart3.cr 0x301; "
                            + "poke uart3.dr 0x75; create 1 reader; create 5 worker"),
                    script(
                        "reader", "{1..3: poke uart3.imsc 0x50; await_event uart3; peek uart3.dr}"),
                    script("worker", "compute 2000000; my_tid"))
                .input(3, 1_000_000, "a")
                .input(3, 5_000_000, "b")
                .input(3, 9_000_000, "c"),
            engine);
    assertThat(seen.output()).containsEntry(3, "u");
    assertThat(seen.task(3).step(8).result()).hasValue('c');
  }

  @ParameterizedTest
  @EnumSource
  void endsInTheMiddle(TestEngine engine) {
    runsAlike(entry("send 2 @0:4 1"), engine);
    runsAlike(entry("create 0 nowhere; yield"), engine);
    runsAlike(entry("create 3 other; quit"), engine);
    runsAlike(entry("svc 99"), engine);
    runsAlike(entry("peek 0x80000000"), engine);
    runsAlike(entry("compute 0x40000000").limit(3_000_000), engine);
  }

  private static ScriptedSystem entry(String steps) {
    return ScriptedSystem.of(script("user_entry", steps));
  }
}
