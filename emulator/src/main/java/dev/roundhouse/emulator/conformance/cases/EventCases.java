package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import java.util.List;

/** await_event, and the timer's event. */
final class EventCases {
  private static final int TIMER = 97 << 16;
  private static final int GPIO = 145 << 16;
  private static final int UART_0 = 153 << 16;

  /** The system timer (BCM2711 ARM Peripherals, 10.2). */
  private static final long COMPARE_1 = 0xFE00_3010L;

  private static final long COMPARE_3 = 0xFE00_3018L;

  /** Enables interrupt 99, compare 3, in word 3 of the distributor's ISENABLER. */
  private static final long ENABLE_96_TO_127 = 0xFF84_110CL;

  private static final long TARGETS_96_TO_99 = 0xFF84_1860L;

  private EventCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        wakes(),
        othersRunMeanwhile(),
        allWaiters(),
        wokenRunByPriority(),
        unknown("number-0x100000", 0x10_0000),
        unknown("negative-number", -1),
        unknown("timer-with-a-source", TIMER + 1),
        unknown("uart-1", UART_0 + 1),
        unknown("uart-6", UART_0 + 6),
        gpio(),
        missed(),
        resultReplaces(),
        unexpected(),
        notArmed(),
        again(),
        periodic(),
        disarmed(),
        oneCompare(),
        waiterOfOtherEvent());
  }

  private static ConformanceCase wakes() {
    return caseOf(
            "timer/wakes-its-waiter",
            "A task in await_event goes on with 0 when compare 1 matches.",
            Sources.AWAIT,
            Sources.TIMER)
        .programs(entry().armTimer(100).awaitEvent(TIMER).myTid())
        .both(order("1 0!1 1 1").task(1, "0; 1"));
  }

  private static ConformanceCase othersRunMeanwhile() {
    return caseOf(
            "event/others-run-meanwhile",
            "While a task waits for an event, others run.",
            Sources.AWAIT)
        .programs(
            entry().create(5, "child").armTimer(1_000).awaitEvent(TIMER),
            script("child").myTid().myTid())
        .both(order("1 1 3 3 3 0!1 1").task(1, "3; 0").task(3, "3; 3"));
  }

  private static ConformanceCase allWaiters() {
    return caseOf(
            "event/all-waiters-wake-in-the-order-in-which-they-began",
            "An event wakes all tasks that wait for it, the one that began first before the"
                + " others.",
            Sources.WAKE)
        .programs(
            entry().create(4, "waiter").create(4, "waiter").armTimer(1_000).awaitEvent(TIMER),
            script("waiter").awaitEvent(TIMER))
        .both(
            order("1 1 1 3 4 0!1,3,4 1 3 4")
                .task(1, "3; 4; 0")
                .task(3, "0")
                .task(4, "0")
                .reports("3 SECOND_WAITER", "4 SECOND_WAITER"));
  }

  private static ConformanceCase wokenRunByPriority() {
    return caseOf(
            "event/woken-tasks-run-by-priority",
            "Of two woken tasks the one of higher priority runs, whoever began to wait first.",
            Sources.WAKE,
            Sources.READY_QUEUE)
        .programs(
            entry().create(9, "waiter").create(12, "maker").armTimer(10_000),
            script("waiter").awaitEvent(TIMER),
            script("maker").create(3, "waiter"))
        .both(
            order("1 1 1 3 4 5 4 0!3,5 5 3")
                .task(1, "3; 4")
                .task(3, "0")
                .task(4, "5")
                .task(5, "0")
                .reports("5 SECOND_WAITER"));
  }

  private static ConformanceCase unknown(String word, int event) {
    return caseOf(
            "event/unknown-" + word,
            "A task waits for ever for event %s on TrainsOS; the course's await_event gives -1."
                .formatted("0x%x".formatted(event)),
            Sources.AWAIT,
            Sources.WAKE,
            Sources.COURSE_AWAIT)
        .programs(entry().awaitEvent(event))
        .each(
            order("1").task(1, "-", "event-blocked on " + event).reports("1 UNKNOWN_EVENT"),
            order("1 1").task(1, "-1").reports("1 UNKNOWN_EVENT"));
  }

  private static ConformanceCase gpio() {
    return caseOf(
            "event/gpio-never-wakes",
            "The GPIO event exists, but edges only feed the encoders: on TrainsOS its waiter never"
                + " wakes; the course's await_event gives -1.",
            Sources.GPIO,
            Sources.COURSE_AWAIT)
        .programs(entry().awaitEvent(GPIO))
        .each(order("1").task(1, "-", "event-blocked on 9502720"), order("1 1").task(1, "-1"));
  }

  private static ConformanceCase missed() {
    return caseOf(
            "event/is-not-remembered",
            "An event for which nobody waits is gone: a later await_event waits for the next one.",
            Sources.WAKE,
            Sources.TIMER)
        .programs(entry().armTimer(10).compute(100_000).awaitEvent(TIMER))
        .both(order("1! 1").task(1, "-", "event-blocked on 6356992").reports("1 WAIT_WITHOUT_END"));
  }

  private static ConformanceCase resultReplaces() {
    return caseOf(
            "event/the-result-is-the-events-value",
            "await_event gives the event's value, which a yield behind it gives again.",
            Sources.WAKE,
            Sources.VECTORS)
        .programs(
            entry().create(9, "child").armTimer(1_000).awaitEvent(TIMER).yieldNow(),
            script("child"))
        .both(order("1 1 3 0!1 1 1").task(1, "3; 0; 0").task(3, ""));
  }

  private static ConformanceCase unexpected() {
    return caseOf(
            "event/an-interrupt-that-is-not-served-stops-the-kernel",
            "A program that enables another interrupt stops the kernel when it comes.",
            Sources.INTERRUPTS)
        .programs(
            entry()
                .poke(TARGETS_96_TO_99, 0x0101_0101)
                .poke(ENABLE_96_TO_127, 1 << 3)
                .poke(COMPARE_3, 1_000)
                .compute(1_000_000))
        .both(
            order("1!")
                .atOnce()
                .task(1, "", "could-run")
                .reports("1 UNEXPECTED_INTERRUPT")
                .ends(EndKind.KERNEL_CRASH, "interrupt 99"));
  }

  private static ConformanceCase notArmed() {
    return caseOf(
            "timer/not-armed-never-wakes",
            "await_event arms nothing: without a compare value nobody wakes.",
            Sources.AWAIT)
        .programs(entry().awaitEvent(TIMER))
        .both(order("1").task(1, "-", "event-blocked on 6356992").reports("1 WAIT_WITHOUT_END"));
  }

  private static ConformanceCase again() {
    return caseOf(
            "timer/can-be-armed-again",
            "Behind the interrupt a program can set the compare register again.",
            Sources.TIMER,
            Sources.AWAIT)
        .programs(entry().armTimer(100).awaitEvent(TIMER).armTimer(100).awaitEvent(TIMER))
        .both(order("1 0!1 1 0!1 1").task(1, "0; 0"));
  }

  private static ConformanceCase periodic() {
    int ticks = 20;
    return caseOf(
            "timer/20-ticks-of-10-ms",
            "A clock notifier arms the timer, waits and sends, again and again.",
            Sources.TIMER,
            Sources.WAKE)
        .programs(
            entry()
                .create(1, "notifier")
                .repeat(ticks, script("again").receive(1).reply(CaseBuilder.sender(), "")),
            script("notifier")
                .repeat(
                    ticks,
                    script("again")
                        .armTimer(10_000)
                        .awaitEvent(TIMER)
                        .send(CaseBuilder.tid(1), "t", 0)))
        .both(
            order("1 1" + " 3 0!3 3 1 1".repeat(ticks) + " 3")
                .task(1, "3" + "; 1 't' from 3; 0".repeat(ticks))
                .task(3, "0; 0 ''" + "; 0; 0 ''".repeat(ticks - 1)));
  }

  private static ConformanceCase disarmed() {
    return caseOf(
            "timer/the-kernel-clears-the-compare-register",
            "On the timer's interrupt the kernel sets compare 1 to 0.",
            Sources.TIMER,
            Source.kernel("lib/include/timer.h", "time_intr_reset"))
        .programs(entry().armTimer(100).awaitEvent(TIMER).peek(COMPARE_1))
        .both(order("1 0!1 1").task(1, "0; 0"));
  }

  private static ConformanceCase oneCompare() {
    return caseOf(
            "timer/there-is-one-compare-register-for-all",
            "Who arms the timer later moves the time for those who wait already.",
            Sources.AWAIT,
            Sources.TIMER)
        .programs(
            entry().create(4, "soon").create(4, "late"),
            script("soon").armTimer(5_000).awaitEvent(TIMER),
            script("late").armTimer(50_000).awaitEvent(TIMER))
        .both(
            order("1 1 1 3 4 0!3,4 3 4")
                .task(1, "3; 4")
                .task(3, "0")
                .task(4, "0")
                .reports("4 SECOND_WAITER"));
  }

  private static ConformanceCase waiterOfOtherEvent() {
    return caseOf(
            "event/other-waiters-wait-on",
            "An event wakes only those who wait for this event.",
            Sources.WAKE)
        .programs(
            entry().create(4, "other").armTimer(1_000).awaitEvent(TIMER),
            script("other").awaitEvent(UART_0))
        .both(
            order("1 1 3 0!1 1")
                .task(1, "3; 0")
                .task(3, "-", "event-blocked on 10027008")
                .reports("3 WAIT_WITHOUT_END"));
  }
}
