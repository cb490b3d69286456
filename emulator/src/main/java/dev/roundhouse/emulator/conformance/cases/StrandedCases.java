package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import java.util.List;

/** What becomes of senders when their receiver exits. */
final class StrandedCases {
  private StrandedCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        queued(),
        received(),
        receivedAndQueued(),
        parentExits(),
        anotherReplies(),
        othersWaitOn(),
        higherSenderRuns(),
        releasedCanSendAgain());
  }

  private static ConformanceCase queued() {
    return caseOf(
            "stranded/a-queued-sender",
            "A sender queued on a task that exits waits for ever on TrainsOS; the course's send"
                + " gives -2.",
            Sources.EXIT,
            Sources.COURSE_SEND)
        .programs(SendCases.CLIENT_FIRST, script("server"), script("client").send(tid(4), "a", 4))
        .each(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "send-blocked on 4")
                .task(4, "")
                .reports("4 SENDERS_STRANDED")
                .deadlock(),
            order("1 1 1 3 4 3").task(1, "3; 4").task(3, "-2 '....'").task(4, ""));
  }

  private static ConformanceCase received() {
    return caseOf(
            "stranded/a-received-sender",
            "A sender whose receiver exits without a reply waits for ever on TrainsOS; the course's"
                + " send gives -2.",
            Sources.EXIT,
            Sources.COURSE_SEND)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4),
            script("client").send(tid(3), "a", 4))
        .each(
            order("1 1 1 3 4 3")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4")
                .task(4, "-", "reply-blocked on 3")
                .reports("3 SENDERS_STRANDED")
                .deadlock(),
            order("1 1 1 3 4 3 4").task(1, "3; 4").task(3, "1 'a...' from 4").task(4, "-2 '....'"));
  }

  private static ConformanceCase receivedAndQueued() {
    return caseOf(
            "stranded/received-and-queued-senders",
            "All senders of a task that exits are stranded on TrainsOS. On the course's kernel all"
                + " go on: first those that were received, then the queue in its order.",
            Sources.EXIT,
            Sources.COURSE_EXIT)
        .programs(
            entry().create(9, "server").create(2, "client").create(2, "client").create(2, "client"),
            script("server").receive(1),
            script("client").send(tid(3), "a", 1))
        .each(
            order("1 1 1 1 1 4 5 6 3 3")
                .task(1, "3; 4; 5; 6")
                .task(3, "1 'a' from 4")
                .task(4, "-", "reply-blocked on 3")
                .tasks(5, 6, "-", "send-blocked on 3")
                .reports("3 SENDERS_STRANDED")
                .deadlock(),
            order("1 1 1 1 1 4 5 6 3 3 4 5 6")
                .task(1, "3; 4; 5; 6")
                .task(3, "1 'a' from 4")
                .tasks(4, 6, "-2 '.'", Expectation.EXITED));
  }

  private static ConformanceCase parentExits() {
    return caseOf(
            "stranded/a-child-that-sends-to-its-exiting-parent",
            "A parent that exits strands a child that has sent to it, as any receiver does; on the"
                + " course's kernel the child's send gives -2.",
            Sources.EXIT,
            Sources.COURSE_SEND)
        .programs(entry().create(0, "child").yieldNow(), script("child").send(tid(1), "a", 4))
        .each(
            order("1 1 3 1")
                .task(1, "3; 3")
                .task(3, "-", "send-blocked on 1")
                .reports("1 SENDERS_STRANDED")
                .deadlock(),
            order("1 1 3 1 3").task(1, "3; 3").task(3, "-2 '....'"));
  }

  private static ConformanceCase anotherReplies() {
    return caseOf(
            "stranded/another-task-can-still-reply",
            "On TrainsOS another task can reply to a sender whose receiver has exited. On the"
                + " course's kernel its send has failed already.",
            Sources.REPLY,
            Sources.EXIT,
            Sources.COURSE_SEND)
        .programs(
            entry().create(2, "server").create(5, "client").create(7, "third"),
            script("server").receive(4),
            script("client").send(tid(3), "a", 4),
            script("third").reply(tid(4), "ok"))
        .each(
            order("1 1 1 1 3 4 3 5 4 5")
                .task(1, "3; 4; 5")
                .task(3, "1 'a...' from 4")
                .task(4, "2 'ok..'")
                .task(5, "2")
                .reports("3 SENDERS_STRANDED", "5 REPLY_BY_ANOTHER"),
            order("1 1 1 1 3 4 3 4 5 5")
                .task(1, "3; 4; 5")
                .task(3, "1 'a...' from 4")
                .task(4, "-2 '....'")
                .task(5, "-1")
                .reports("5 TASK_HAS_VANISHED"));
  }

  private static ConformanceCase othersWaitOn() {
    return caseOf(
            "stranded/senders-of-others-are-not-touched",
            "An exit does not touch those who wait for other tasks.",
            Sources.EXIT,
            Sources.COURSE_EXIT)
        .programs(
            entry().create(2, "server").create(5, "client").create(7, "brief"),
            script("server").receive(4).receive(4),
            script("client").send(tid(3), "a", 4),
            script("brief").myTid())
        .both(
            order("1 1 1 1 3 4 3 5 5")
                .task(1, "3; 4; 5")
                .task(3, "1 'a...' from 4; -", "receive-blocked")
                .task(4, "-", "reply-blocked on 3")
                .task(5, "5")
                .deadlock());
  }

  private static ConformanceCase higherSenderRuns() {
    return caseOf(
            "stranded/senders-that-fail-run-by-priority",
            "On the course's kernel the failed senders run by their priority; on TrainsOS they"
                + " never run again.",
            Sources.EXIT,
            Sources.COURSE_EXIT)
        .programs(
            entry().create(9, "server").create(5, "client").create(4, "client"),
            script("server"),
            script("client").send(tid(3), "a", 1).myTid())
        .each(
            order("1 1 1 1 5 4 3")
                .task(1, "3; 4; 5")
                .task(3, "")
                .tasks(4, 5, "-", "send-blocked on 3")
                .reports("3 SENDERS_STRANDED")
                .deadlock(),
            order("1 1 1 1 5 4 3 5 5 4 4")
                .task(1, "3; 4; 5")
                .task(3, "")
                .task(4, "-2 '.'; 4")
                .task(5, "-2 '.'; 5"));
  }

  private static ConformanceCase releasedCanSendAgain() {
    return caseOf(
            "stranded/a-sender-that-failed-can-send-again",
            "On the course's kernel a second send to the exited task gives -1; on TrainsOS the"
                + " first one never returns.",
            Sources.EXIT,
            Sources.COURSE_SEND)
        .programs(
            SendCases.CLIENT_FIRST,
            script("server"),
            script("client").send(tid(4), "a", 1).send(tid(4), "b", 1))
        .each(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "send-blocked on 4")
                .task(4, "")
                .reports("4 SENDERS_STRANDED")
                .deadlock(),
            order("1 1 1 3 4 3 3")
                .task(1, "3; 4")
                .task(3, "-2 '.'; -1 '.'")
                .task(4, "")
                .reports("3 TASK_HAS_VANISHED"));
  }
}
