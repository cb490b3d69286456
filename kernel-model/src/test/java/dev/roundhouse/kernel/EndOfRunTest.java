package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.kernel.board.Prospect;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.report.WaitsFor;
import dev.roundhouse.kernel.report.WaitsFor.ChainEnd;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a run ends in which nothing can happen any more. */
class EndOfRunTest {
  private static final int UART = (153 << 16) + 2;
  private static final int TIMER = 97 << 16;

  private static final Prospect NEVER =
      new Prospect(Prospect.Verdict.NEVER_COULD_COME, "it was never armed");
  private static final Prospect TAKEN_BACK =
      new Prospect(Prospect.Verdict.TAKEN_BACK, "compare 1 is 0");

  private static EndOfRun endOf(TestKernel k) {
    return endOf(k, Sources.EXHAUSTED);
  }

  private static EndOfRun endOf(TestKernel k, Prospect others) {
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    return k.kernel().endWhenNothingCanHappen(new Sources(event -> false, others));
  }

  private static List<WaitsFor> chainOf(TestKernel k) {
    return ((EndOfRun.Deadlock) endOf(k)).chain();
  }

  private static List<ChainEnd> reasonsOf(TestKernel k) {
    return chainOf(k).stream().map(WaitsFor::end).toList();
  }

  @Test
  void aRunIsFinishedWhenAllTasksHaveExitedOrOnlyReceive() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").exit();
    k.runUntil(3).recv(4);
    assertThat(endOf(k)).isEqualTo(new EndOfRun.Finished());
    assertThat(endOf(k).text()).startsWith("finished");
  }

  @Test
  void aTaskThatWaitsForAnEventThatCannotComeAnyMoreIsNamedAndHasBrokenNoRule() {
    TestKernel k = TestKernel.ready();
    k.await(UART);
    assertThat(endOf(k).text())
        .isEqualTo(
            "finished, but tid 1 (user_entry) still waits for the event of UART 2: its input has"
                + " ended");
    assertThat(k.brokenRules()).isEmpty();
  }

  @Test
  void aWaitForAnEventThatNobodyEverArmedIsAViolation() {
    TestKernel k = TestKernel.ready();
    k.await(TIMER);
    assertThat(endOf(k, NEVER).text()).contains("the timer's event: it was never armed");
    assertThat(k.brokenRules()).containsExactly(Rule.WAIT_WITHOUT_END);
  }

  @Test
  void aStrictRunEndsAtAWaitForAnEventThatNobodyEverArmed() {
    TestKernel k = new TestKernel();
    k.strictness = Strictness.STRICT;
    k.boot().runUntil(2).recv(8);
    k.runUntil(1).await(TIMER);
    assertThat(endOf(k, NEVER)).isInstanceOf(EndOfRun.StrictViolation.class);
  }

  @Test
  void aWaitForATimerWhoseInterruptCameWhenNobodyWaitedIsAViolation() {
    TestKernel k = TestKernel.ready();
    k.board.pending.add(97);
    k.interrupt();
    k.await(TIMER);
    assertThat(endOf(k, TAKEN_BACK).text()).contains("its interrupt came when nobody waited");
    assertThat(k.brokenRules()).containsExactly(Rule.WAIT_WITHOUT_END);
  }

  @Test
  void aNotifierWhoseTimerNobodyAsksAgainIsNoNews() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).await(TIMER);
    k.runUntil(1).recv(4);
    k.board.pending.add(97);
    k.interrupt();
    k.runUntil(3).send(1, "tick", 0);
    k.runUntil(1).reply(3, "");
    k.runUntil(3).await(TIMER);
    k.runUntil(1).recv(4);
    assertThat(endOf(k, TAKEN_BACK)).isEqualTo(new EndOfRun.Finished());
    assertThat(k.brokenRules()).isEmpty();
  }

  @Test
  void itIsNotOverWhileAnEventMayStillCome() {
    TestKernel k = TestKernel.ready();
    k.await(UART);
    assertThatThrownBy(() -> k.kernel().endWhenNothingCanHappen(Sources.of(event -> true)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoTasksThatSendToEachOtherAreADeadlock() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").send(3, "a", 4);
    k.runUntil(3).send(1, "b", 4);
    assertThat(reasonsOf(k)).containsExactly(ChainEnd.CYCLE, ChainEnd.CYCLE);
    assertThat(endOf(k).text())
        .isEqualTo(
            "deadlock:\n"
                + "  tid 1 (user_entry) waits for tid 3 (child) to receive its message, which waits"
                + " for the first one in turn: a cycle\n"
                + "  tid 3 (child) waits for tid 1 (user_entry) to receive its message, which waits"
                + " for the first one in turn: a cycle");
  }

  @Test
  void aTaskThatWaitsForACycleIsPartOfTheDeadlock() {
    TestKernel k = TestKernel.ready();
    k.send(1, "me", 0);
    k = TestKernel.ready();
    k.create(0, "child").create(0, "child");
    k.runUntil(3).send(3, "me", 0);
    k.runUntil(4).send(3, "x", 0);
    k.runUntil(1).exit();
    assertThat(reasonsOf(k)).containsExactly(ChainEnd.CYCLE, ChainEnd.GOES_ON);
  }

  @Test
  void waitingForATaskThatHasExitedIsADeadlock() {
    TestKernel k = TestKernel.ready();
    k.create(1, "child").send(3, "a", 4);
    k.runUntil(3).exit();
    assertThat(reasonsOf(k)).containsExactly(ChainEnd.VANISHED);
    assertThat(endOf(k).text()).contains("waits for tid 3 to receive").contains("has exited");
  }

  @Test
  void waitingForATaskThatNeverStartedIsADeadlock() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").runUntil(3).exit();
    k.create(99, "child").send(4, "a", 4);
    assertThat(reasonsOf(k)).containsExactly(ChainEnd.NEVER_STARTED);
  }

  @Test
  void waitingForTheIdleTaskIsADeadlock() {
    TestKernel k = TestKernel.ready();
    k.send(0, "a", 4);
    assertThat(reasonsOf(k)).containsExactly(ChainEnd.IDLE);
  }

  @Test
  void waitingForATaskThatWasLostIsADeadlock() {
    TestKernel k = TestKernel.ready();
    for (int child = 0; child < 200; child++) {
      k.create(20, "child");
    }
    k.runUntil(3).send(1, "x", 0);
    while (k.latest() instanceof Decision.Run) {
      k.exit();
    }
    assertThat(reasonsOf(k)).containsExactly(ChainEnd.LOST);
  }

  @Test
  void aServerThatNeverRepliesIsADeadlock() {
    TestKernel k = clientAndSilentServer();
    assertThat(chainOf(k))
        .singleElement()
        .satisfies(link -> {
          assertThat(link.end()).isEqualTo(ChainEnd.ONLY_RECEIVES);
          assertThat(link.forWhat()).isEqualTo(WaitsFor.Wait.REPLY);
        });
    assertThat(endOf(k).text())
        .isEqualTo(
            "deadlock:\n  tid 1 (user_entry) waits for tid 3 (child) to reply, which waits in recv,"
                + " and nobody who could send to it will wake");
  }

  @Test
  void aChainToAServerThatNeverRepliesIsADeadlockOfAllOnIt() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").create(0, "child");
    k.runUntil(3).recv(4);
    k.runUntil(4).recv(4);
    k.runUntil(1).send(3, "x", 4);
    k.send(4, "x", 4).recv(4);
    assertThat(reasonsOf(k)).containsExactly(ChainEnd.GOES_ON, ChainEnd.ONLY_RECEIVES);
  }

  @Test
  void aServerWhoseNotifierHasSentToItIsExcused() {
    TestKernel k = clientAndSilentServer();
    assertThat(endOf(k)).isInstanceOf(EndOfRun.Deadlock.class);
    k = TestKernel.ready();
    k.create(0, "child").create(0, "child");
    k.runUntil(3).recv(4);
    k.runUntil(4).send(3, "n", 0);
    k.runUntil(3).reply(4, "");
    k.runUntil(4).await(UART);
    k.runUntil(3).recv(4);
    k.runUntil(1).send(3, "x", 4);
    k.recv(4);
    assertThat(endOf(k).text())
        .isEqualTo(
            "finished, but tid 1 (user_entry) still waits for tid 3, which needs the event of UART"
                + " 2: its input has ended");
  }

  @Test
  void aServerWhoseNotifierIsItsChildIsExcused() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).create(0, "child");
    k.runUntil(4).await(UART);
    k.runUntil(3).recv(4);
    k.runUntil(1).send(3, "x", 4);
    k.recv(4);
    assertThat(endOf(k)).isInstanceOf(EndOfRun.Finished.class);
  }

  @Test
  void aServerIsExcusedThroughACourierThatReceivesFromTheNotifier() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).create(0, "child");
    k.runUntil(4).create(0, "child");
    k.runUntil(5).await(UART);
    k.runUntil(4).recv(4);
    k.runUntil(3).recv(4);
    k.runUntil(1).send(3, "x", 4);
    k.recv(4);
    assertThat(endOf(k)).isInstanceOf(EndOfRun.Finished.class);
  }

  @Test
  void aServerIsExcusedThroughACourierThatWaitsForTheNotifiersReply() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").create(0, "child").create(0, "child");
    k.runUntil(3).recv(4);
    k.runUntil(4).send(3, "c", 0);
    k.runUntil(3).reply(4, "");
    k.runUntil(5).recv(4);
    k.runUntil(4).send(5, "c", 0);
    k.runUntil(5).await(UART);
    k.runUntil(3).recv(4);
    k.runUntil(1).send(3, "x", 4);
    k.recv(4);
    assertThat(endOf(k)).isInstanceOf(EndOfRun.Finished.class);
  }

  @Test
  void aClockServersRegistrationDoesNotExcuseTheNameServerNorItsCreator() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).send(2, "register", 0);
    k.runUntil(2).reply(3, "");
    k.runUntil(3).create(0, "child");
    k.runUntil(3).recv(4);
    k.runUntil(4).send(3, "n", 0);
    k.runUntil(3).reply(4, "");
    k.runUntil(4).await(TIMER);
    k.runUntil(3).recv(4);
    k.runUntil(1).create(0, "child");
    k.runUntil(5).send(2, "who", 4);
    k.runUntil(2).recv(8);
    k.runUntil(2).recv(8);
    k.runUntil(1).create(0, "child");
    k.runUntil(6).send(1, "done", 4);
    k.runUntil(1).recv(4);
    k.runUntil(1).recv(4);
    assertThat(chainOf(k))
        .extracting(link -> link.waiter().value(), WaitsFor::end)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(5, ChainEnd.ONLY_RECEIVES),
            org.assertj.core.groups.Tuple.tuple(6, ChainEnd.ONLY_RECEIVES));
  }

  @Test
  void namesFromProgramsCannotReachTheTerminalAsControlCharacters() {
    TestKernel k = TestKernel.ready();
    k.createWith(0, "PROGRAM\0\033[31mevil\0");
    assertThat(k.end().text()).contains("\\x1b[31mevil").doesNotContain("\033");
    k = TestKernel.ready();
    k.createWith(0, "PROGRAM\0" + "x".repeat(5000) + "\0");
    assertThat(k.end().text()).hasSizeLessThan(200);
  }

  private static TestKernel clientAndSilentServer() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).recv(4);
    k.runUntil(1).send(3, "x", 4);
    return k.recv(4);
  }

  @Test
  void ofManyKnownProgramsTheFirstAreNamed() {
    List<String> known = IntStream.range(10, 91).mapToObj(i -> "program" + i).toList();
    assertThat(new EndOfRun.UnknownProgram(new Tid(3), "x", known).text())
        .startsWith("tid 3 wants program x; known programs: program10, program11, ")
        .endsWith(", program29 and 61 more");
  }
}
