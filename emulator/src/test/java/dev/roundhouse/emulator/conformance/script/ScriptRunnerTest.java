package dev.roundhouse.emulator.conformance.script;

import static dev.roundhouse.emulator.conformance.cases.StepReader.script;
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
  private final ScriptRunner runner = ScriptRunner.interpreting(AbiProfile.trainsOs());

  @Test
  void aMessageAndItsReplyAreSeenByBothSides() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(
                script("user_entry", "create 1 server; send child0 'ping' 8"),
                script("server", "recv 6; reply sender 'pong!'")));
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
    Observation seen = runner.run(ScriptedSystem.of(script("user_entry", "yield; exit")));
    assertThat(seen.order())
        .containsExactly(
            new Loading(1), new Loading(2), new Called(1, 0), new Called(2, 0), new Called(1, 1));
  }

  @Test
  void theExitThatTheLoaderMakesIsTheStepBehindTheLast() {
    Observation seen = runner.run(ScriptedSystem.of(script("user_entry", "compute 5")));
    assertThat(seen.order()).contains(new Called(1, 1));
    assertThat(seen.task(1).state()).isEqualTo(new EndState.Exited());
  }

  @Test
  void anInterruptPreemptsALoopAndWakesWhoWaits() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(
                script("user_entry", "create 1 waiter; create 2 worker"),
                script("waiter", "arm_timer 500; await_event timer; my_tid"),
                script("worker", "compute 1000000; my_tid")));
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
                    script(
                        "user_entry",
                        "poke uart0.ibrd 26; poke uart0.lcrh 0x60; poke uart0.cr 0x301; "
                            + "poke uart0.imsc 0x10; await_event uart0; peek uart0.dr"))
                .input(0, 3_000_000, "x"));
    assertThat(seen.task(1).step(4).result()).isEqualTo(OptionalLong.of(0x10));
    assertThat(seen.task(1).step(5).result()).isEqualTo(OptionalLong.of('x'));
  }

  @Test
  void whatIsPrintedAndWhatIsReportedIsSeen() {
    Observation seen =
        runner.run(
            ScriptedSystem.of(script("user_entry", "print 'hello'; my_tid; send self '' 0")));
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
                script("user_entry", "create 1 child KEY=value"),
                script("child", "read_arguments 40; read_arguments 3")));
    assertThat(seen.task(3).step(0).result()).isEqualTo(OptionalLong.of(24));
    assertThat(seen.task(3).step(0).received())
        .isEqualTo("PROGRAM\0child\0KEY\0value\0" + ".".repeat(16));
    assertThat(seen.task(3).step(1).received()).isEqualTo("PRO");
  }

  @Test
  void aRunEndsAtItsLimitOfVirtualTime() {
    Observation seen =
        runner.run(ScriptedSystem.of(script("user_entry", "compute 0x7fffffff")).limit(1_000_000));
    assertThat(seen.end().kind()).isEqualTo(EndKind.TIMEOUT);
    assertThat(seen.task(1).state()).isEqualTo(new EndState.CouldRun());
  }

  @Test
  void aRunLeavesNothingBehindForTheNext() {
    ScriptedSystem system =
        ScriptedSystem.of(
            script("user_entry", "create 1 peer; send child0 'abc' 2"),
            script("peer", "recv 2; mmap 5000000; reply sender 'def'"));
    Observation first = runner.run(system);
    runner.run(ScriptedSystem.of(script("user_entry", "print 'else'; recv 200")));
    assertThat(runner.run(system)).isEqualTo(first);
  }
}
