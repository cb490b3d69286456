package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import java.util.List;

/** Interrupts while a task computes. */
final class PreemptionCases {
  private static final int TIMER = 97 << 16;

  /** Turns that take two milliseconds. */
  private static final int TWO_MILLISECONDS = 1_000_000;

  private PreemptionCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        higherRuns(),
        lowerWaits(),
        equalRunsFirst(),
        noTimeSlice(),
        endlessLoop(),
        unattendedRotates(),
        higherIsNotRotated(),
        calculationGoesOn(),
        serverOfNotifier(),
        severalInterrupts(),
        yieldBehindInterrupt());
  }

  private static ConformanceCase higherRuns() {
    return caseOf(
            "preempt/a-woken-task-of-higher-priority-runs-at-once",
            "An interrupt takes the processor from a computing task for one of higher priority.",
            Sources.INTERRUPT_ENTRY,
            Sources.WAKE)
        .programs(
            entry().create(2, "waiter").create(9, "worker"),
            script("waiter").armTimer(100).awaitEvent(TIMER).myTid(),
            script("worker").compute(TWO_MILLISECONDS).myTid())
        .both(order("1 1 1 3 4!3 3 3 4 4").task(1, "3; 4").task(3, "0; 3").task(4, "4"));
  }

  private static ConformanceCase lowerWaits() {
    return caseOf(
            "preempt/a-woken-task-of-lower-priority-waits",
            "A woken task of lower priority runs when the computing one waits or exits.",
            Sources.WAKE,
            Sources.READY_QUEUE)
        .programs(
            entry().create(9, "waiter").create(12, "maker"),
            script("waiter").armTimer(5_000).awaitEvent(TIMER),
            script("maker").create(2, "worker"),
            script("worker").compute(10 * TWO_MILLISECONDS).myTid())
        .both(
            order("1 1 1 3 4 5!3 5 5 3 4").task(1, "3; 4").task(3, "0").task(4, "5").task(5, "5"));
  }

  private static ConformanceCase equalRunsFirst() {
    return caseOf(
            "preempt/a-woken-task-of-equal-priority-runs-first",
            "An interrupt queues who it wakes and behind them the task that it interrupted.",
            Sources.LOOP,
            Sources.WAKE)
        .programs(
            entry().create(5, "waiter").create(5, "worker"),
            script("waiter").armTimer(100).awaitEvent(TIMER).myTid(),
            script("worker").compute(TWO_MILLISECONDS).myTid())
        .both(order("1 1 1 3 4!3 3 4 3 4").task(1, "3; 4").task(3, "0; 3").task(4, "4"));
  }

  private static ConformanceCase noTimeSlice() {
    return caseOf(
            "preempt/there-is-no-time-slice",
            "A task that computes keeps the processor; its equals wait for its next call.",
            Sources.LOOP)
        .programs(
            entry().create(5, "worker").create(5, "other"),
            script("worker").compute(20 * TWO_MILLISECONDS).myTid(),
            script("other").myTid().myTid())
        .both(order("1 1 1 3 4 3 4 4").task(1, "3; 4").task(3, "3").task(4, "4; 4"));
  }

  private static ConformanceCase endlessLoop() {
    return caseOf(
            "preempt/who-never-calls-keeps-the-processor",
            "A task that computes for ever starves those of lower and of equal priority.",
            Sources.LOOP,
            Sources.READY_QUEUE)
        .programs(
            entry().create(5, "worker").create(5, "equal").create(6, "lower"),
            script("worker").compute(Integer.MAX_VALUE),
            script("equal").myTid(),
            script("lower").myTid())
        .around(system -> system.limit(20_000_000))
        .both(
            order("1 1 1 1")
                .task(1, "3; 4; 5")
                .task(3, "", "could-run")
                .task(4, "", "could-run")
                .task(5, "", "could-run")
                .ends(EndKind.TIMEOUT, ""));
  }

  private static ConformanceCase unattendedRotates() {
    return caseOf(
            "preempt/an-interrupt-that-wakes-nobody-lets-equals-run",
            "The interrupted task goes behind those of its priority, whoever the interrupt wakes.",
            Sources.LOOP,
            Sources.INTERRUPT_ENTRY)
        .programs(
            entry().create(5, "worker").create(5, "other"),
            script("worker").armTimer(100).compute(TWO_MILLISECONDS).myTid(),
            script("other").myTid())
        .both(order("1 1 1 3! 4 3 4 3").task(1, "3; 4").task(3, "3").task(4, "4"));
  }

  private static ConformanceCase higherIsNotRotated() {
    return caseOf(
            "preempt/an-interrupt-that-wakes-nobody-keeps-the-highest",
            "The interrupted task goes on at once if it is alone at the highest ready priority.",
            Sources.LOOP,
            Sources.READY_QUEUE)
        .programs(
            entry().create(5, "worker").create(6, "other"),
            script("worker").armTimer(100).compute(TWO_MILLISECONDS).myTid(),
            script("other").myTid())
        .both(order("1 1 1 3! 3 3 4 4").task(1, "3; 4").task(3, "3").task(4, "4"));
  }

  private static ConformanceCase calculationGoesOn() {
    return caseOf(
            "preempt/the-interrupted-task-goes-on-where-it-was",
            "All registers of an interrupted task survive: its message and its counting are right.",
            Sources.INTERRUPT_ENTRY)
        .programs(
            entry().create(2, "waiter").create(9, "worker"),
            script("waiter").armTimer(100).awaitEvent(TIMER).receive(8).reply(sender(), "answer"),
            script("worker").myTid().compute(TWO_MILLISECONDS).send(tid(3), "question", 6))
        .both(
            order("1 1 1 3 4 4!3 3 4 3 3 4")
                .task(1, "3; 4")
                .task(3, "0; 8 'question' from 4; 6")
                .task(4, "4; 6 'answer'"));
  }

  private static ConformanceCase serverOfNotifier() {
    return caseOf(
            "preempt/a-notifier-wakes-its-server",
            "A notifier that an interrupt wakes sends to its server, which runs before the task"
                + " that was interrupted.",
            Sources.WAKE,
            Sources.SEND)
        .programs(
            entry().create(2, "server").create(9, "worker"),
            script("server").create(1, "notifier").receive(1).reply(sender(), ""),
            script("notifier").armTimer(1_000).awaitEvent(TIMER).send(tid(3), "t", 0),
            script("worker").compute(2 * TWO_MILLISECONDS).myTid())
        .both(
            order("1 1 1 3 5 3 4!5 5 3 5 3 4 4")
                .task(1, "3; 4")
                .task(3, "5; 1 't' from 5; 0")
                .task(4, "4")
                .task(5, "0; 0 ''"));
  }

  private static ConformanceCase severalInterrupts() {
    return caseOf(
            "preempt/as-often-as-interrupts-come",
            "A computing task can be interrupted any number of times.",
            Sources.INTERRUPT_ENTRY)
        .programs(
            entry().create(2, "waiter").create(9, "worker"),
            script("waiter").repeat(5, script("again").armTimer(100).awaitEvent(TIMER)),
            script("worker").compute(TWO_MILLISECONDS).myTid())
        .both(
            order("1 1 1 3 4!3 3 4!3 3 4!3 3 4!3 3 4!3 3 4 4")
                .task(1, "3; 4")
                .task(3, "0; 0; 0; 0; 0")
                .task(4, "4"));
  }

  private static ConformanceCase yieldBehindInterrupt() {
    return caseOf(
            "preempt/an-interrupt-stores-x0-as-the-result",
            "The kernel keeps x0 of an interrupted task where results are kept: a yield as the next"
                + " call gives it.",
            Sources.INTERRUPT_ENTRY,
            Sources.VECTORS)
        .programs(
            entry().create(9, "child").armTimer(100).compute(TWO_MILLISECONDS).yieldNow(),
            script("child"))
        .both(order("1 1! 1 1 3").task(1, "3; 3").task(3, ""));
  }
}
