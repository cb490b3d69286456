package dev.roundhouse.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptRunner;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.system.TestEngine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine library makes of scripts is what their own processor makes of them. */
class ScriptsOnTheEngineTest {
  private static final int TIMER_EVENT = 97 << 16;
  private static final int UART_3_EVENT = (153 << 16) + 3;
  private static final long UART_3 = 0xFE20_1600L;
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
                Script.of("user_entry")
                    .create(1, "server")
                    .create(0, "server")
                    .send(TaskRef.child(0), "ping", 8)
                    .send(TaskRef.child(1), "longer than its buffer", 2)
                    .myParentTid()
                    .send(TaskRef.parent(), "", 0),
                Script.of("server").receive(6).reply(TaskRef.latestSender(), "pong!").exit()),
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
                Script.of("user_entry")
                    .create(5, Script.arguments("child", "KEY", "value"))
                    .create(21, "child")
                    .myTid()
                    .myParentTid()
                    .yieldNow()
                    .mapMemory(1)
                    .mapMemory(3 << 20)
                    .step(new Step.SystemHealth(Buffer.of(4)))
                    .step(new Step.EncoderInit(20, 21))
                    .step(new Step.EncoderGet(0, Buffer.of(40)))
                    .print("printed\n")
                    .compute(12_345)
                    .peek(0xFE00_3004L)
                    .reply(TaskRef.tid(77), "nobody")
                    .receive(Buffer.at(0x7F00_0000L, 4), Buffer.at(0x7F00_0010L, 16)),
                Script.of("child")
                    .readArguments(100)
                    .readArguments(0)
                    .send(TaskRef.tid(1), Message.at(0x7F00_0000L, 8), Buffer.of(0))),
            engine);
    assertThat(seen.output()).containsEntry(2, "printed\n");
    assertThat(seen.task(3).step(0).received()).startsWith("PROGRAM\0child\0KEY\0value\0....");
  }

  @ParameterizedTest
  @EnumSource
  void interruptsComeAtTheSameInstruction(TestEngine engine) {
    Script restless = Script.of("restless");
    for (int micros = 1; micros < 60; micros++) {
      restless = restless.armTimer(micros).myTid().awaitEvent(TIMER_EVENT);
    }
    Script busy = Script.of("busy").repeat(400, Script.of("part").myTid().compute(7).yieldNow());
    Observation seen =
        runsAlike(
            ScriptedSystem.of(
                Script.of("user_entry").create(3, "restless").create(4, "busy").create(4, "busy"),
                restless,
                busy),
            engine);
    assertThat(seen.order())
        .filteredOn(Observation.Entry.Interrupted.class::isInstance)
        .hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource
  void bytesFromOutside(TestEngine engine) {
    Script reader =
        Script.of("reader")
            .repeat(
                3,
                Script.of("once").poke(UART_3 + 0x38, 0x50).awaitEvent(UART_3_EVENT).peek(UART_3));
    Observation seen =
        runsAlike(
            ScriptedSystem.of(
                    Script.of("user_entry")
                        .poke(UART_3 + 0x24, 26)
                        .poke(UART_3 + 0x2C, 0x70)
                        .poke(UART_3 + 0x30, 0x301)
                        .poke(UART_3, 'u')
                        .create(1, "reader")
                        .create(5, "worker"),
                    reader,
                    Script.of("worker").compute(2_000_000).myTid())
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
    runsAlike(
        ScriptedSystem.of(
            Script.of("user_entry").send(TaskRef.tid(2), Message.at(0, 4), Buffer.of(1))),
        engine);
    runsAlike(ScriptedSystem.of(Script.of("user_entry").create(0, "nowhere").yieldNow()), engine);
    runsAlike(ScriptedSystem.of(Script.of("user_entry").create(3, "other").quit()), engine);
    runsAlike(ScriptedSystem.of(Script.of("user_entry").step(new Step.Raw(99, List.of()))), engine);
    runsAlike(ScriptedSystem.of(Script.of("user_entry").peek(0x8000_0000L)), engine);
    runsAlike(ScriptedSystem.of(Script.of("user_entry").compute(1 << 30)).limit(3_000_000), engine);
  }
}
