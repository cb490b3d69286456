package dev.roundhouse.emulator.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Observation.EndState;
import dev.roundhouse.emulator.conformance.script.Observation.Entry;
import dev.roundhouse.emulator.conformance.script.Observation.Entry.Called;
import dev.roundhouse.emulator.conformance.script.Observation.Entry.Loading;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.report.Rule;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScriptRunnerTest {
  private static final int TIMER_EVENT = 97 << 16;
  private static final int UART_0_EVENT = 153 << 16;
  private static final long UART_0 = 0xFE20_1000L;

  private final ScriptRunner runner = ScriptRunner.interpreting(AbiProfile.trainsOs());

  @Test
  void aMessageAndItsReplyAreSeenByBothSides() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(
                Script.of("user_entry").create(1, "server").send(TaskRef.child(0), "ping", 8),
                Script.of("server").receive(6).reply(TaskRef.latestSender(), "pong!")));
    assertThat(seen.task(1).step(0).result()).isEqualTo(OptionalLong.of(3));
    assertThat(seen.task(1).step(1).result()).isEqualTo(OptionalLong.of(5));
    assertThat(seen.task(1).step(1).received()).isEqualTo("pong!...");
    assertThat(seen.task(3).step(0).received()).isEqualTo("ping..");
    assertThat(seen.task(3).step(0).sender()).isEqualTo(OptionalLong.of(1));
    assertThat(seen.task(3).step(1).result()).isEqualTo(OptionalLong.of(5));
    assertThat(seen.task(2).state()).isEqualTo(new EndState.ReceiveBlocked());
    assertThat(seen.task(3).state()).isEqualTo(new EndState.Exited());
    assertThat(seen.end().kind()).isEqualTo(EndKind.FINISHED);
    assertThat(seen.reports()).isEmpty();
  }

  @Test
  void theOrderOfKernelEntriesIsSeenWithTheLoadersCalls() {
    Observation seen = runner.run(ScriptedSystem.of(Script.of("user_entry").yieldNow().exit()));
    assertThat(seen.order())
        .containsExactly(
            new Loading(1), new Loading(2), new Called(1, 0), new Called(2, 0), new Called(1, 1));
  }

  @Test
  void theExitThatTheLoaderMakesIsTheStepBehindTheLast() {
    Observation seen = runner.run(ScriptedSystem.of(Script.of("user_entry").compute(5)));
    assertThat(seen.order()).contains(new Called(1, 1));
    assertThat(seen.task(1).state()).isEqualTo(new EndState.Exited());
  }

  @Test
  void anInterruptPreemptsALoopAndWakesWhoWaits() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(
                Script.of("user_entry").create(1, "waiter").create(2, "worker"),
                Script.of("waiter").armTimer(500).awaitEvent(TIMER_EVENT).myTid(),
                Script.of("worker").compute(1_000_000).myTid()));
    assertThat(seen.order())
        .containsSubsequence(
            new Called(3, 1),
            new Entry.Interrupted(4, List.of(97), List.of(new Observation.Woken(3, 0))),
            new Called(3, 2),
            new Called(4, 1));
  }

  @Test
  void bytesFromOutsideReachTheUart() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(
                    Script.of("user_entry")
                        .poke(UART_0 + 0x24, 26)
                        .poke(UART_0 + 0x2C, 0x60)
                        .poke(UART_0 + 0x30, 0x301)
                        .poke(UART_0 + 0x38, 0x10)
                        .awaitEvent(UART_0_EVENT)
                        .peek(UART_0))
                .input(0, 3_000_000, "x"));
    assertThat(seen.task(1).step(4).result()).isEqualTo(OptionalLong.of(0x10));
    assertThat(seen.task(1).step(5).result()).isEqualTo(OptionalLong.of('x'));
  }

  @Test
  void whatIsPrintedAndWhatIsReportedIsSeen() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(
                Script.of("user_entry").print("hello").myTid().send(TaskRef.self(), "", 0)));
    assertThat(seen.output()).containsEntry(2, "hello");
    assertThat(seen.reports()).containsExactly(new Observation.Reported(1, Rule.SEND_TO_SELF));
    assertThat(seen.task(1).state()).isEqualTo(new EndState.SendBlocked(1));
    assertThat(seen.end().kind()).isEqualTo(EndKind.DEADLOCK);
  }

  @Test
  void theArgumentBlockIsRead() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(
                Script.of("user_entry").create(1, Script.arguments("child", "KEY", "value")),
                Script.of("child").readArguments(40).readArguments(3)));
    assertThat(seen.task(3).step(0).result()).isEqualTo(OptionalLong.of(24));
    assertThat(seen.task(3).step(0).received())
        .isEqualTo("PROGRAM\0child\0KEY\0value\0" + ".".repeat(16));
    assertThat(seen.task(3).step(1).received()).isEqualTo("PRO");
  }

  @Test
  void aRunEndsAtItsLimitOfVirtualTime() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(Script.of("user_entry").compute(Integer.MAX_VALUE)).limit(1_000_000));
    assertThat(seen.end().kind()).isEqualTo(EndKind.TIMEOUT);
    assertThat(seen.task(1).state()).isEqualTo(new EndState.CouldRun());
  }

  @Test
  void aRunLeavesNothingBehindForTheNext() {
    ScriptedSystem system =
        ScriptedSystem.of(
            Script.of("user_entry").create(1, "peer").send(TaskRef.child(0), "abc", 2),
            Script.of("peer").receive(2).mapMemory(5_000_000).reply(TaskRef.latestSender(), "def"));
    Observation first = runner.run(system);
    runner.run(ScriptedSystem.of(Script.of("user_entry").print("else").receive(200)));
    assertThat(runner.run(system)).isEqualTo(first);
  }
}
