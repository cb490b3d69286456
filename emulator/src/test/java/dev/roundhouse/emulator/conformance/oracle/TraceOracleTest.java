package dev.roundhouse.emulator.conformance.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule is seen to be broken by a trace that breaks it, and kept by one that does not. */
class TraceOracleTest {
  private static final int TIMER_EVENT = 97 << 16;
  private static final UserBuffer NOTHING = new UserBuffer(0, 0);
  private static final Tid FIRST = new Tid(1);
  private static final Tid SECOND = new Tid(2);

  /** Both boot tasks are ready, the first one runs. */
  private static List<KernelEvent> started() {
    return new ArrayList<>(List.of(ready(FIRST), ready(SECOND), dispatched(FIRST)));
  }

  private static KernelEvent ready(Tid tid) {
    return new KernelEvent.BecameReady(tid, 0);
  }

  private static KernelEvent dispatched(Tid tid) {
    return new KernelEvent.Dispatched(tid);
  }

  private static KernelEvent called(Tid tid, Syscall call) {
    return new KernelEvent.Called(tid, call);
  }

  private static Syscall sendTo(Tid to) {
    return new Syscall.Send(to.value(), NOTHING, NOTHING);
  }

  private static void take(List<KernelEvent> trace) {
    TraceOracle oracle = new TraceOracle(AbiProfile.trainsOs());
    trace.forEach(event -> oracle.emit(0, event));
  }

  private static void assertBreaks(String rule, KernelEvent... more) {
    List<KernelEvent> trace = started();
    trace.addAll(List.of(more).subList(0, more.length - 1));
    assertThatCode(() -> take(trace)).doesNotThrowAnyException();
    trace.add(more[more.length - 1]);
    assertThatThrownBy(() -> take(trace))
        .isInstanceOf(BrokenOracleException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void aLowerPriorityDoesNotRunBeforeAHigherOne() {
    Tid child = new Tid(3);
    assertBreaks(
        "the first of the highest priority runs",
        called(FIRST, new Syscall.Create(5, NOTHING)),
        new KernelEvent.Created(child, FIRST, 5),
        ready(child),
        ready(FIRST),
        dispatched(child));
  }

  @Test
  void whoIsReadyLongerRunsFirst() {
    assertBreaks(
        "the first of the highest priority runs",
        called(FIRST, new Syscall.Yield()),
        ready(FIRST),
        dispatched(FIRST));
  }

  @Test
  void nobodyIsReadyTwice() {
    assertBreaks("nobody is ready twice", ready(SECOND));
  }

  @Test
  void aReplyIsForOneSendOnly() {
    Tid third = new Tid(3);
    assertBreaks(
        "a sender waits for one reply to it",
        called(FIRST, sendTo(SECOND)),
        new KernelEvent.SendBlocked(FIRST, SECOND),
        dispatched(SECOND),
        called(SECOND, new Syscall.Receive(0, NOTHING)),
        new KernelEvent.ReplyBlocked(FIRST, SECOND),
        ready(SECOND),
        dispatched(SECOND),
        called(SECOND, new Syscall.Reply(third.value(), NOTHING)),
        ready(FIRST));
  }

  @Test
  void sendersAreReceivedInTheOrderInWhichTheyCame() {
    Tid third = new Tid(3);
    assertBreaks(
        "the oldest sender is received",
        called(FIRST, new Syscall.Create(0, NOTHING)),
        new KernelEvent.Created(third, FIRST, 0),
        ready(third),
        ready(FIRST),
        dispatched(SECOND),
        called(SECOND, sendTo(FIRST)),
        new KernelEvent.SendBlocked(SECOND, FIRST),
        dispatched(third),
        called(third, sendTo(FIRST)),
        new KernelEvent.SendBlocked(third, FIRST),
        dispatched(FIRST),
        called(FIRST, new Syscall.Receive(0, NOTHING)),
        new KernelEvent.ReplyBlocked(third, FIRST));
  }

  @Test
  void nobodyWaitsForAMessageWhileASenderWaits() {
    assertBreaks(
        "a task with a sender does not wait",
        called(FIRST, sendTo(SECOND)),
        new KernelEvent.SendBlocked(FIRST, SECOND),
        dispatched(SECOND),
        called(SECOND, new Syscall.Receive(0, NOTHING)),
        new KernelEvent.ReceiveBlocked(SECOND));
  }

  @Test
  void aWaitingReceiverGetsTheMessage() {
    assertBreaks(
        "a waiting receiver gets the message",
        called(FIRST, new Syscall.Receive(0, NOTHING)),
        new KernelEvent.ReceiveBlocked(FIRST),
        dispatched(SECOND),
        called(SECOND, sendTo(FIRST)),
        new KernelEvent.SendBlocked(SECOND, FIRST));
  }

  @Test
  void anInterruptWakesAllWhoWaitForIt() {
    assertBreaks(
        "an interrupt wakes all who wait for it",
        called(FIRST, new Syscall.Yield()),
        new KernelEvent.EventBlocked(FIRST, TIMER_EVENT),
        dispatched(SECOND),
        new KernelEvent.EventBlocked(SECOND, TIMER_EVENT),
        KernelEvent.Idle.INSTANCE,
        new KernelEvent.Interrupted(Tid.IDLE),
        new KernelEvent.InterruptServed(97),
        ready(FIRST),
        dispatched(FIRST));
  }

  @Test
  void theProcessorIsNotIdleWhileATaskIsReady() {
    assertBreaks(
        "idle while none is ready",
        called(FIRST, new Syscall.Receive(0, NOTHING)),
        new KernelEvent.ReceiveBlocked(FIRST),
        KernelEvent.Idle.INSTANCE);
  }
}
