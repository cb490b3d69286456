package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** await_event and interrupts: items 17 to 19 of the kernel's behaviour. */
class EventTest {
  private static final int TIMER = 97 << 16;
  private static final int UART = 153 << 16;
  private static final int GPIO = 145 << 16;

  @Test
  void bootEnablesTheInterruptsForCoreZero() {
    TestKernel k = TestKernel.booted();
    assertThat(k.board.register(FakeBoard.GICD + 0x100 + 4 * 3)).isEqualTo(1 << 1);
    assertThat(k.board.register(FakeBoard.GICD + 0x100 + 4 * 4)).isEqualTo(1 << 25 | 1 << 17);
    for (int id : new int[] {97, 153, 145}) {
      assertThat(k.board.register(FakeBoard.GICD + 0x800 + id)).isEqualTo(1);
    }
    assertThat(k.board.register(FakeBoard.GICD)).isEqualTo(1);
    assertThat(k.board.register(FakeBoard.GICC)).isEqualTo(1);
  }

  @Test
  void bootSetsUpTheConsoleAt115200BaudWithFifos() {
    TestKernel k = new TestKernel();
    long uart = FakeBoard.uart(2);
    k.board.registers.put(uart + 0x30, 0xC00L);
    k.board.registers.put(FakeBoard.GPIO, 0x3FL << 3 | 0x7);
    k.board.registers.put(FakeBoard.GPIO + 0xE4, 0xFFL);
    k.boot();
    assertThat(k.board.register(uart + 0x24)).isEqualTo(26);
    assertThat(k.board.register(uart + 0x28)).isEqualTo(2);
    assertThat(k.board.register(uart + 0x2C)).isEqualTo(0x70);
    assertThat(k.board.register(uart + 0x30)).isEqualTo(0xC00 | 0x301);
    assertThat(k.board.writes).contains("fe201430=0", "fe201444=0");
    assertThat(k.board.register(FakeBoard.GPIO)).isEqualTo(0x7L << 6 | 3 << 3 | 3);
    assertThat(k.board.register(FakeBoard.GPIO + 0xE4)).isEqualTo(0xF0);
  }

  @Test
  void aTimerInterruptWakesWhoWaitsWithZeroAndDisarmsTheCompare() {
    TestKernel k = TestKernel.ready();
    k.await(TIMER);
    assertThat(k.task(1).state()).isEqualTo(new TaskState.EventBlocked(EventId.of(97, 0)));
    k.board.registers.put(FakeBoard.TIMER, 0x2L);
    k.board.registers.put(FakeBoard.TIMER + 0x10, 1234L);
    k.board.pending.add(97);
    k.interrupt();
    assertThat(k.running()).isEqualTo(1);
    assertThat(k.result()).isZero();
    assertThat(k.board.register(FakeBoard.TIMER)).isEqualTo(2);
    assertThat(k.board.register(FakeBoard.TIMER + 0x10)).isZero();
    assertThat(k.board.ended).containsExactly(97);
    assertThat(k.violations).isEmpty();
  }

  @Test
  void theTimersStatusIsWrittenBackWithAllMatchesThatItShowed() {
    TestKernel k = TestKernel.ready();
    k.board.registers.put(FakeBoard.TIMER, 0xAL);
    k.board.pending.add(97);
    k.interrupt();
    assertThat(k.board.writes).contains("fe003000=a");
  }

  @Test
  void aUartInterruptGivesItsMaskedStatusAndMasksTheUart() {
    for (int uart : new int[] {0, 2, 3, 4, 5}) {
      TestKernel k = TestKernel.ready();
      k.await(UART + uart);
      k.board.uartInterrupt(uart, 0x50);
      k.interrupt();
      assertThat(k.result()).isEqualTo(0x50);
      assertThat(k.board.writes)
          .contains(
              "%x=0".formatted(FakeBoard.uart(uart) + 0x38),
              "%x=0".formatted(FakeBoard.uart(uart) + 0x44));
      assertThat(k.board.ended).containsExactly(153);
      assertThat(k.violations).isEmpty();
    }
  }

  @Test
  void anInterruptOfAnotherUartWakesNobody() {
    TestKernel k = TestKernel.ready();
    k.await(UART + 3);
    k.board.uartInterrupt(2, 0x10);
    k.interrupt();
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(k.board.writes).doesNotContain("%x=0".formatted(FakeBoard.uart(3) + 0x38));
  }

  @Test
  void allWhoWaitForAnEventWakeInTheOrderInWhichTheyBeganToWait() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").create(0, "child");
    k.runUntil(4).await(TIMER);
    k.runUntil(1).await(TIMER);
    k.runUntil(3).await(UART + 2);
    assertThat(k.brokenRules()).containsExactly(Rule.SECOND_WAITER);
    assertThat(k.violations.get(0).detail()).contains("tid 4");
    k.board.pending.add(97);
    k.interrupt();
    assertThat(k.running()).isEqualTo(4);
    assertThat(k.myTid().running()).isEqualTo(1);
    assertThat(k.task(3).state()).isInstanceOf(TaskState.EventBlocked.class);
  }

  @Test
  void aTaskMayWaitAgainAfterItWoke() {
    TestKernel k = TestKernel.ready();
    for (int round = 0; round < 3; round++) {
      k.await(TIMER);
      k.board.pending.add(97);
      k.interrupt();
      assertThat(k.running()).isEqualTo(1);
    }
    k.board.pending.add(97);
    k.interrupt().exit();
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(k.violations).isEmpty();
  }

  @Test
  void anUnknownInterruptStopsTheKernelBeforeALoadersStepToo() {
    TestKernel k = TestKernel.ready();
    k.board.pending.add(99);
    k.create(0, "child");
    assertThat(k.end()).isInstanceOf(EndOfRun.KernelCrash.class);
  }

  @Test
  void aWokenTaskRunsBeforeTheOneThatWasInterrupted() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).await(TIMER);
    assertThat(k.running()).isEqualTo(1);
    k.board.pending.add(97);
    assertThat(k.interrupt().running()).isEqualTo(3);
  }

  @Test
  void allPendingInterruptsAreServedInOneEntry() {
    TestKernel k = TestKernel.ready();
    k.board.pending.add(97);
    k.board.uartInterrupt(2, 1);
    k.board.pending.add(145);
    k.interrupt();
    assertThat(k.board.ended).containsExactly(97, 153, 145);
  }

  @Test
  void anEventIdIsNotCheckedAndTheTaskNeverWakes() {
    for (long id : new long[] {0, 5, 98 << 16, (97 << 16) + 1, UART + 1, UART + 6, 0xFFFF_FFFFL}) {
      TestKernel k = TestKernel.ready();
      k.await(id);
      assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
      assertThat(k.brokenRules()).containsExactly(Rule.UNKNOWN_EVENT);
      assertThat(k.kernel().anyEventMayStillCome(Sources.of(event -> true))).isFalse();
    }
  }

  @Test
  void gpioEventsExistButNeverWakeAnyone() {
    TestKernel k = TestKernel.ready();
    k.await(GPIO + 17);
    k.board.pending.add(145);
    k.interrupt();
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(k.violations).isEmpty();
    assertThat(k.kernel().anyEventMayStillCome(Sources.of(event -> true))).isFalse();
  }

  @Test
  void eventsThatMayStillComeAreThoseThatSomeoneWaitsFor() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).await(UART + 2);
    k.await(TIMER);
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(k.kernel().anyEventMayStillCome(Sources.of(EventId.of(97, 0)::equals))).isTrue();
    assertThat(k.kernel().anyEventMayStillCome(Sources.of(EventId.of(153, 2)::equals))).isTrue();
    assertThat(k.kernel().anyEventMayStillCome(Sources.of(EventId.of(153, 3)::equals))).isFalse();
  }

  @Test
  void anInterruptThatTheKernelDoesNotKnowStopsIt() {
    TestKernel k = TestKernel.ready();
    k.board.pending.add(99);
    k.interrupt();
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.KernelCrash.class,
            crash -> {
              assertThat(crash.rule()).isEqualTo(Rule.UNEXPECTED_INTERRUPT);
              assertThat(crash.detail()).contains("99");
            });
    assertThat(k.brokenRules()).containsExactly(Rule.UNEXPECTED_INTERRUPT);
    assertThat(k.violations.getFirst().call()).isEqualTo("interrupt");
    assertThat(k.board.ended).isEmpty();
  }

  @Test
  void anInterruptThatIsPendingComesBeforeTheNextStepOfALoader() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).await(TIMER);
    k.board.pending.add(97);
    long before = k.clock.nanos();
    k.create(0, "child");
    assertThat(k.clock.nanos() - before).as("create, interrupt").isEqualTo(2 * 200);
    assertThat(k.board.ended).containsExactly(97);
    assertThat(k.task(4).programName()).isEqualTo("not loaded yet");
    assertThat(k.running()).as("the parent queued before the interrupt").isEqualTo(1);
    assertThat(k.yieldNow().running()).as("then the woken task").isEqualTo(3);
    assertThat(k.task(4).programName()).as("not yet").isEqualTo("not loaded yet");
    k.runUntil(4);
    assertThat(k.task(4).registers().x(0)).isEqualTo(k.task(4).arguments().address());
  }

  @Test
  void aTraceTellsOfInterruptsAndBlocking() {
    TestKernel k = TestKernel.ready();
    k.isTraced = true;
    k.await(TIMER);
    k.board.pending.add(97);
    k.interrupt();
    assertThat(k.trace.stream().map(Object::toString).toList())
        .isEqualTo(
            List.of(
                "Called[tid=tid 1, call=AwaitEvent[event=0x610000 (interrupt 97, source 0)]]",
                "EventBlocked[tid=tid 1, event=" + TIMER + "]",
                "Idle[]",
                "Interrupted[tid=tid 0]",
                "InterruptServed[interrupt=97]",
                "BecameReady[tid=tid 1, result=0]",
                "Dispatched[tid=tid 1]"));
  }

  @Test
  void anEventIdIsMadeOfInterruptAndSource() {
    assertThat(new EventId(UART + 5).interrupt()).isEqualTo(153);
    assertThat(new EventId(UART + 5).source()).isEqualTo(5);
    assertThat(EventId.of(153, 5)).isEqualTo(new EventId(UART + 5));
    assertThat(new EventId(0xFFFF_0001).interrupt()).isEqualTo(0xFFFF);
    assertThat(new Tid(3)).hasToString("tid 3");
  }
}
