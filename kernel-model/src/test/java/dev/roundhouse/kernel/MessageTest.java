package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import org.junit.jupiter.api.Test;

/** send, recv and reply: items 8 to 15 of the kernel's behaviour. */
class MessageTest {
  private static final int SERVER = 3;
  private static final int CLIENT = 4;

  /** A server (tid 3, priority 1) in recv with {@code room} bytes, a client (tid 4) that runs. */
  private static TestKernel serverInRecv(int room) {
    TestKernel k = TestKernel.ready();
    k.create(1, "child").create(2, "child").exit();
    k.runUntil(SERVER).recv(room);
    assertThat(k.running()).isEqualTo(CLIENT);
    return k;
  }

  /** A client (tid 3) that runs first, a server (tid 4) that has not received yet. */
  private static TestKernel clientBeforeServer() {
    TestKernel k = TestKernel.ready();
    k.create(1, "child").create(2, "child").exit();
    return k.runUntil(3);
  }

  @Test
  void aMessageToATaskInRecvIsCopiedAtOnceAndTheReceiverRuns() {
    TestKernel k = serverInRecv(8);
    k.send(SERVER, "ping", 8);
    assertThat(k.running()).isEqualTo(SERVER);
    assertThat(k.result()).isEqualTo(4);
    assertThat(k.received(SERVER, 4)).isEqualTo("ping");
    assertThat(k.receivedFrom(SERVER)).isEqualTo(CLIENT);
    assertThat(k.task(CLIENT).state())
        .isEqualTo(
            new TaskState.ReplyBlocked(
                new Tid(SERVER), new UserBuffer(TestKernel.scratchOf(CLIENT) + 0x800, 8)));
    assertThat(k.violations).isEmpty();
  }

  @Test
  void aMessageToATaskThatIsNotInRecvWaitsUntilItReceives() {
    TestKernel k = clientBeforeServer();
    k.send(4, "early", 4);
    assertThat(k.running()).isEqualTo(4);
    assertThat(k.task(3).state()).isInstanceOf(TaskState.SendBlocked.class);
    k.recv(8);
    assertThat(k.running()).isEqualTo(4);
    assertThat(k.result()).isEqualTo(5);
    assertThat(k.received(4, 5)).isEqualTo("early");
    assertThat(k.receivedFrom(4)).isEqualTo(3);
    assertThat(k.task(3).state()).isInstanceOf(TaskState.ReplyBlocked.class);
  }

  @Test
  void queuedSendersAreReceivedFirstInFirstOutWhateverTheirPriority() {
    TestKernel k = TestKernel.ready();
    k.create(15, "child").create(9, "child").create(2, "child").create(4, "child").exit();
    k.runUntil(5).send(3, "a", 0);
    k.runUntil(6).send(3, "b", 0);
    k.runUntil(4).send(3, "c", 0);
    k.runUntil(3);
    for (int expected : new int[] {5, 6, 4}) {
      k.recv(1);
      assertThat(k.receivedFrom(3)).isEqualTo(expected);
    }
  }

  @Test
  void aReplyGivesTheSenderItsFullLengthAndTheReplierTheBytesCopied() {
    TestKernel k = serverInRecv(8);
    k.send(SERVER, "ping", 3);
    k.reply(CLIENT, "12345");
    assertThat(k.running()).isEqualTo(SERVER);
    assertThat(k.result()).isEqualTo(3);
    assertThat(k.replied(CLIENT, 5)).isEqualTo("123\0\0");
    k.recv(1);
    assertThat(k.running()).isEqualTo(CLIENT);
    assertThat(k.result()).isEqualTo(5);
    assertThat(k.brokenRules()).containsExactly(Rule.MESSAGE_CUT_SHORT);
  }

  @Test
  void aMessageIsCutToTheBufferButItsFullLengthIsTheResult() {
    TestKernel k = serverInRecv(2);
    k.send(SERVER, "ping", 0);
    assertThat(k.result()).isEqualTo(4);
    assertThat(k.received(SERVER, 4)).isEqualTo("pi\0\0");
    assertThat(k.brokenRules()).containsExactly(Rule.MESSAGE_CUT_SHORT);
    assertThat(k.violations.get(0).tid()).isEqualTo(new Tid(SERVER));
  }

  @Test
  void aSenderThatIsRepliedToRunsBeforeTheReplierOfTheSamePriority() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).recv(4);
    k.runUntil(1).send(3, "x", 4);
    assertThat(k.running()).isEqualTo(3);
    k.reply(1, "y");
    assertThat(k.running()).isEqualTo(1);
    k.yieldNow();
    assertThat(k.running()).isEqualTo(3);
  }

  @Test
  void anyTaskMayReplyAndThatIsReported() {
    TestKernel k = serverInRecv(8);
    k.send(SERVER, "ping", 8);
    k.create(1, "child");
    k.runUntil(5).reply(CLIENT, "pong").runUntil(5);
    assertThat(k.result()).isEqualTo(4);
    assertThat(k.replied(CLIENT, 4)).isEqualTo("pong");
    assertThat(k.brokenRules()).containsExactly(Rule.REPLY_BY_ANOTHER);
    assertThat(k.violations.get(0).detail()).contains("tid 3").contains("tid 4");
  }

  @Test
  void aReplyToATaskThatIsNotReplyBlockedGivesMinusTwo() {
    TestKernel k = serverInRecv(8);
    k.reply(SERVER, "x");
    assertThat(k.result()).isEqualTo(-2);
    k.reply(CLIENT, "x");
    assertThat(k.result()).isEqualTo(-2);
    assertThat(k.violations).isEmpty();
  }

  @Test
  void aTidThatNeverWasGivesMinusOneToSendAndReplyAndIsReported() {
    TestKernel k = TestKernel.ready();
    for (int tid : new int[] {77, -1, Integer.MIN_VALUE, 3}) {
      k.send(tid, "x", 4);
      assertThat(k.result()).isEqualTo(-1);
      k.reply(tid, "x");
      assertThat(k.result()).isEqualTo(-1);
    }
    assertThat(k.brokenRules()).isNotEmpty().containsOnly(Rule.TASK_NEVER_WAS);
  }

  @Test
  void onlyTheLowHalfOfATidRegisterCounts() {
    TestKernel k = TestKernel.ready();
    k.call(7, 0xFFFF_FFFF_0000_0002L, 0, 0);
    assertThat(k.result()).isEqualTo(-2);
  }

  @Test
  void sendAndReplyToATaskThatHasExitedGiveMinusOneAndAreReported() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).exit();
    k.runUntil(1).send(3, "x", 4);
    assertThat(k.result()).isEqualTo(-1);
    k.reply(3, "x");
    assertThat(k.result()).isEqualTo(-1);
    assertThat(k.brokenRules()).containsExactly(Rule.TASK_HAS_VANISHED, Rule.TASK_HAS_VANISHED);
  }

  @Test
  void emptyMessagesAndRepliesNeedNoPointers() {
    TestKernel k = serverInRecv(0);
    k.call(5, SERVER, 0, 0, -1, 0);
    assertThat(k.running()).isEqualTo(SERVER);
    assertThat(k.result()).isZero();
    k.call(7, CLIENT, 0xDEAD_0000_0000_0000L, 0);
    assertThat(k.result()).isZero();
    assertThat(k.violations).isEmpty();
  }

  @Test
  void aTaskThatSendsToItselfWaitsForEverAndThatIsReported() {
    TestKernel k = TestKernel.ready();
    k.send(1, "me", 4);
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(k.task(1).state()).isInstanceOf(TaskState.SendBlocked.class);
    assertThat(k.brokenRules()).containsExactly(Rule.SEND_TO_SELF);
  }

  @Test
  void aSenderQueuesAtTheIdleTaskForEver() {
    TestKernel k = TestKernel.ready();
    k.send(0, "x", 4);
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
  }

  @Test
  void theSixtyFifthQueuedSenderCrashesTheKernel() {
    TestKernel k = TestKernel.ready();
    k.create(20, "child");
    for (int sender = 4; sender < 4 + 64; sender++) {
      k.runUntil(1).create(0, "child");
      k.runUntil(sender).send(3, "x", 0);
    }
    assertThat(k.brokenRules()).isEmpty();
    k.runUntil(1).send(3, "x", 0);
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.KernelCrash.class,
            crash -> {
              assertThat(crash.tid()).isEqualTo(new Tid(1));
              assertThat(crash.rule()).isEqualTo(Rule.SENDER_QUEUE_FULL);
              assertThat(crash.detail()).contains("64").contains("tid 3");
            });
    assertThat(k.brokenRules()).containsExactly(Rule.SENDER_QUEUE_FULL);
  }

  @Test
  void anExitStrandsTheQueuedAndReplyBlockedSendersAndIsReported() {
    TestKernel k = serverInRecv(8);
    k.send(SERVER, "a", 4);
    k.create(0, "child");
    k.runUntil(5).send(SERVER, "b", 4);
    k.runUntil(SERVER).exit();
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(k.brokenRules()).containsExactly(Rule.SENDERS_STRANDED);
    assertThat(k.violations.get(0).detail()).contains("tid 4").contains("tid 5");
    assertThat(k.task(4).state()).isInstanceOf(TaskState.ReplyBlocked.class);
    assertThat(k.task(5).state()).isInstanceOf(TaskState.SendBlocked.class);
  }

  @Test
  void whatTheKernelCopiesIntoAnotherTasksStackIsAViolationOfWhoGaveTheBuffer() {
    TestKernel k = TestKernel.ready();
    k.create(1, "child").create(2, "child").exit();
    k.runUntil(SERVER);
    long foreign = k.task(CLIENT).stack().start() + 0x100;
    k.call(6, k.task(SERVER).stack().start() + 0x80, foreign, 8);
    k.send(SERVER, "ping", 8);
    assertThat(k.brokenRules()).containsExactly(Rule.FOREIGN_STACK);
    assertThat(k.violations.getFirst().tid()).isEqualTo(new Tid(SERVER));
    assertThat(k.violations.getFirst().detail())
        .matches("4 bytes to 0x[0-9a-f]+, in the stack of tid 4 .*, 1048320 bytes below its top");
  }
}
