package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import java.util.List;

/** Errors of send and reply; system calls that do not exist. */
final class ErrorCases {
  private static final String NO_SUCH_TASK = "-1";

  /** The event of UART 5, which nobody arms. */
  private static final int NEVER = (153 << 16) + 5;

  private ErrorCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        sendTo("a-negative-tid", "tid -1", -1),
        sendTo("a-tid-that-never-was", "a tid that was never given", 99),
        sendTo("the-largest-int", "the largest int", Integer.MAX_VALUE),
        sendTo("the-smallest-int", "the smallest int", Integer.MIN_VALUE),
        sendToExited(),
        replyTo("a-negative-tid", "tid -1", -1, NO_SUCH_TASK),
        replyTo("a-tid-that-never-was", "a tid that was never given", 99, NO_SUCH_TASK),
        replyTo("oneself", "itself: it is not reply-blocked", 1, "-2"),
        replyTo("the-idle-task", "the idle task: it is not reply-blocked", 0, "-2"),
        replyToExited(),
        replyToReady(),
        replyToSendBlocked(),
        replyToReceiveBlocked(),
        replyToEventBlocked(),
        replyTwice(),
        failedSendChangesNothing(),
        unknownCall(15),
        unknownCall(0xFFFF));
  }

  private static ConformanceCase sendTo(String word, String whom, int to) {
    return caseOf("error/send-to-" + word, "send gives -1 for %s.".formatted(whom), Sources.SEND)
        .programs(entry().send(tid(to), "a", 4))
        .both(order("1 1").task(1, "-1 '....'").reports("1 TASK_NEVER_WAS"));
  }

  private static ConformanceCase sendToExited() {
    return caseOf(
            "error/send-to-an-exited-task",
            "send gives -1 for the tid of a task that has exited.",
            Sources.SEND,
            Sources.END_OF_TASK)
        .programs(entry().create(0, "brief").yieldNow().send(tid(3), "a", 4), script("brief"))
        .both(
            order("1 1 3 1 1")
                .task(1, "3; 3; -1 '....'")
                .task(3, "")
                .reports("1 TASK_HAS_VANISHED"));
  }

  private static ConformanceCase replyTo(String word, String whom, int to, String result) {
    Expectation seen = order("1 1").task(1, result);
    return caseOf(
            "error/reply-to-" + word,
            "reply gives %s for %s.".formatted(result, whom),
            Sources.REPLY)
        .programs(entry().reply(tid(to), "a"))
        .both(result.equals(NO_SUCH_TASK) ? seen.reports("1 TASK_NEVER_WAS") : seen);
  }

  private static ConformanceCase replyToExited() {
    return caseOf(
            "error/reply-to-an-exited-task",
            "reply gives -1 for the tid of a task that has exited.",
            Sources.REPLY,
            Sources.END_OF_TASK)
        .programs(entry().create(0, "brief").yieldNow().reply(tid(3), "a"), script("brief"))
        .both(order("1 1 3 1 1").task(1, "3; 3; -1").task(3, "").reports("1 TASK_HAS_VANISHED"));
  }

  private static ConformanceCase replyToReady() {
    return caseOf(
            "error/reply-to-a-ready-task",
            "reply gives -2 for a task that is ready.",
            Sources.REPLY)
        .programs(entry().create(9, "child").reply(tid(3), "x"), script("child"))
        .both(order("1 1 1 3").task(1, "3; -2").task(3, ""));
  }

  private static ConformanceCase replyToSendBlocked() {
    return caseOf(
            "error/reply-before-receive",
            "reply gives -2 for a sender whose message was not received yet.",
            Sources.REPLY)
        .programs(
            SendCases.CLIENT_FIRST,
            script("server").reply(tid(3), "x").receive(4).reply(sender(), "y"),
            script("client").send(tid(4), "a", 1))
        .both(
            order("1 1 1 3 4 4 4 3 4")
                .task(1, "3; 4")
                .task(3, "1 'y'")
                .task(4, "-2; 1 'a...' from 3; 1"));
  }

  private static ConformanceCase replyToReceiveBlocked() {
    return caseOf(
            "error/reply-to-a-receive-blocked-task",
            "reply gives -2 for a task in recv.",
            Sources.REPLY)
        .programs(
            entry().create(2, "server").create(5, "other"),
            script("server").receive(4),
            script("other").reply(tid(3), "x"))
        .both(order("1 1 1 3 4 4").task(1, "3; 4").task(3, "-", "receive-blocked").task(4, "-2"));
  }

  private static ConformanceCase replyToEventBlocked() {
    return caseOf(
            "error/reply-to-an-event-blocked-task",
            "reply gives -2 for a task in await_event.",
            Sources.REPLY)
        .programs(
            entry().create(2, "waiter").create(5, "other"),
            script("waiter").awaitEvent(NEVER),
            script("other").reply(tid(3), "x"))
        .both(
            order("1 1 1 3 4 4")
                .task(1, "3; 4")
                .task(3, "-", "event-blocked on 10027013")
                .task(4, "-2")
                .reports("3 WAIT_WITHOUT_END"));
  }

  private static ConformanceCase replyTwice() {
    return caseOf(
            "error/reply-twice", "A second reply gives -2: one reply for each send.", Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), "x").reply(sender(), "y"),
            script("client").send(tid(3), "a", 1))
        .both(
            order("1 1 1 3 4 3 3 3 4")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; 1; -2")
                .task(4, "1 'x'"));
  }

  private static ConformanceCase failedSendChangesNothing() {
    return caseOf(
            "error/a-send-that-fails-leaves-the-task-as-it-was",
            "After a send that gave -1 a task can be sent to as before.",
            Sources.SEND)
        .programs(
            entry().create(1, "child").send(tid(99), "a", 1).receive(1).reply(sender(), "r"),
            script("child").send(tid(1), "b", 1))
        .both(
            order("1 1 1 3 1 1 3")
                .task(1, "3; -1 '.'; 1 'b' from 3; 1")
                .task(3, "1 'r'")
                .reports("1 TASK_NEVER_WAS"));
  }

  private static ConformanceCase unknownCall(int number) {
    Script calling = entry().step(new Step.Raw(number, List.of()));
    return caseOf(
            "error/system-call-" + number,
            "The kernel branches behind its table of 15 calls for number %d.".formatted(number),
            Sources.VECTORS)
        .programs(calling.send(TaskRef.tid(1), "", 0))
        .both(
            order("")
                .atOnce()
                .task(1, "", "could-run")
                .reports("1 UNKNOWN_SYSCALL")
                .ends(EndKind.KERNEL_CRASH, "for number " + number));
  }
}
