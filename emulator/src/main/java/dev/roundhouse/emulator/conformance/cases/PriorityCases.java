package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Script;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who runs next; yield. */
final class PriorityCases {
  private static final int LOWEST = 20;
  private static final int READY_TASKS = 200;
  private static final int FIRST_CHILD = 3;

  private PriorityCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        highestFirst(),
        firstInFirstOut(),
        everyCallRotates(),
        allLevels(),
        wokenRunsAtOnce(),
        wokenWaitsItsTurn(),
        replierGoesOnFirst(),
        replierAtEqualPriority(),
        lowerWokenWaits(),
        crowd(),
        yieldRotates(),
        yieldKeeps(),
        yieldAtFirst(),
        yieldNotToLower(),
        yieldAlone(),
        failedCallRotates());
  }

  private static ConformanceCase highestFirst() {
    return caseOf(
            "priority/the-highest-runs-first",
            "Of all ready tasks the one with the smallest priority number runs.",
            Sources.READY_QUEUE)
        .programs(entry().create(7, "child").create(3, "child").create(5, "child"), script("child"))
        .both(order("1 1 1 1 4 5 3").task(1, "3; 4; 5").task(3, "").task(4, "").task(5, ""));
  }

  private static ConformanceCase firstInFirstOut() {
    return caseOf(
            "priority/first-in-first-out-within-a-priority",
            "Tasks of the same priority run in the order in which they became ready.",
            Sources.READY_QUEUE,
            Sources.HEAP)
        .programs(
            entry().create(4, "child").create(4, "child").create(4, "child"),
            script("child").myTid())
        .both(
            order("1 1 1 1 3 4 5 3 4 5").task(1, "3; 4; 5").task(3, "3").task(4, "4").task(5, "5"));
  }

  private static ConformanceCase everyCallRotates() {
    return caseOf(
            "priority/every-call-lets-equals-run",
            "Each system call, even my_tid, sends its caller behind those of its priority.",
            Sources.LOOP)
        .programs(
            entry().create(4, "child").create(4, "child"),
            script("child").myTid().myParentTid().myTid())
        .both(
            order("1 1 1 3 4 3 4 3 4 3 4").task(1, "3; 4").task(3, "3; -1; 3").task(4, "4; -1; 4"));
  }

  private static ConformanceCase failedCallRotates() {
    return caseOf(
            "priority/a-call-that-fails-lets-equals-run-too",
            "A system call that gives an error sends its caller back as well.",
            Sources.LOOP,
            Sources.REPLY)
        .programs(
            entry().create(4, "child").create(4, "child"), script("child").reply(tid(99), "x"))
        .both(
            order("1 1 1 3 4 3 4")
                .task(1, "3; 4")
                .task(3, "-1")
                .task(4, "-1")
                .reports("3 TASK_NEVER_WAS", "4 TASK_NEVER_WAS"));
  }

  private static ConformanceCase allLevels() {
    Script creator = entry();
    StringBuilder results = new StringBuilder();
    for (int level = LOWEST; level >= 1; level--) {
      creator = creator.create(level, "child");
      results.append(results.isEmpty() ? "" : "; ").append(FIRST_CHILD + LOWEST - level);
    }
    return caseOf(
            "priority/all-levels-are-different",
            "Tasks of priorities 1 to 20 run in this order, whenever they were made.",
            Sources.READY_QUEUE,
            Sources.PRIORITIES)
        .programs(creator, script("child"))
        .both(
            order("1 ".repeat(LOWEST + 1) + "22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3")
                .task(1, results.toString())
                .tasks(FIRST_CHILD, FIRST_CHILD + LOWEST - 1, "", Expectation.EXITED));
  }

  private static ConformanceCase wokenRunsAtOnce() {
    return caseOf(
            "priority/a-woken-task-of-higher-priority-runs-at-once",
            "A receiver of higher priority runs as soon as somebody sends to it.",
            Sources.SEND,
            Sources.READY_QUEUE)
        .programs(
            entry().create(2, "server").create(5, "client"),
            script("server").receive(4).reply(sender(), "r").myTid(),
            script("client").send(tid(3), "a", 1).myTid())
        .both(
            order("1 1 1 3 4 3 3 3 4 4")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; 1; 3")
                .task(4, "1 'r'; 4"));
  }

  private static ConformanceCase wokenWaitsItsTurn() {
    return caseOf(
            "priority/a-woken-task-of-equal-priority-waits-its-turn",
            "A receiver that becomes ready goes behind those of its priority that are ready.",
            Sources.SEND,
            Sources.READY_QUEUE)
        .programs(
            entry().create(4, "server").create(4, "client").create(4, "other"),
            script("server").receive(1).reply(sender(), "r"),
            script("client").send(tid(3), "a", 1),
            script("other").myTid().myTid())
        .both(
            order("1 1 1 1 3 4 5 3 5 4 3 5")
                .task(1, "3; 4; 5")
                .task(3, "1 'a' from 4; 1")
                .task(4, "1 'r'")
                .task(5, "5; 5"));
  }

  private static ConformanceCase replierGoesOnFirst() {
    return caseOf(
            "priority/a-replier-of-higher-priority-goes-on",
            "A task that replies to one of lower priority goes on; the other one runs later.",
            Sources.REPLY,
            Sources.READY_QUEUE)
        .programs(
            entry().create(3, "server").create(8, "client"),
            script("server").receive(1).reply(sender(), "r").myTid().myTid(),
            script("client").send(tid(3), "a", 1))
        .both(
            order("1 1 1 3 4 3 3 3 3 4")
                .task(1, "3; 4")
                .task(3, "1 'a' from 4; 1; 3; 3")
                .task(4, "1 'r'"));
  }

  private static ConformanceCase replierAtEqualPriority() {
    return caseOf(
            "priority/a-replied-sender-of-equal-priority-runs-before-the-replier",
            "reply queues the sender, and behind it the replier.",
            Sources.REPLY,
            Sources.LOOP)
        .programs(
            entry().create(4, "server").create(4, "client"),
            script("server").receive(1).reply(sender(), "r").myTid(),
            script("client").send(tid(3), "a", 1).myTid())
        .both(
            order("1 1 1 3 4 3 4 3 4 3")
                .task(1, "3; 4")
                .task(3, "1 'a' from 4; 1; 3")
                .task(4, "1 'r'; 4"));
  }

  private static ConformanceCase lowerWokenWaits() {
    return caseOf(
            "priority/a-woken-task-of-lower-priority-waits",
            "A receiver of lower priority than its sender runs when nobody above it is ready.",
            Sources.SEND,
            Sources.READY_QUEUE)
        .programs(
            entry().create(9, "server").create(12, "starter"),
            script("server").receive(1).reply(sender(), "r"),
            script("starter").create(2, "maker"),
            script("maker").create(6, "between").create(3, "client"),
            script("between").myTid().myTid(),
            script("client").send(tid(3), "a", 1))
        .both(
            order("1 1 1 3 4 5 5 5 7 6 6 6 3 7 3 4")
                .task(1, "3; 4")
                .task(3, "1 'a' from 7; 1")
                .task(4, "5")
                .task(5, "6; 7")
                .task(6, "6; 6")
                .task(7, "1 'r'"));
  }

  private static ConformanceCase crowd() {
    String results =
        IntStream.range(0, READY_TASKS - 1)
            .mapToObj(child -> FIRST_CHILD + child + "; ")
            .collect(Collectors.joining());
    int last = FIRST_CHILD + READY_TASKS - 1;
    String children =
        IntStream.rangeClosed(FIRST_CHILD, last)
            .mapToObj(child -> " " + child)
            .collect(Collectors.joining());
    String creates = "1" + " 1".repeat(READY_TASKS - 1);
    return caseOf(
            "priority/the-201st-ready-task-is-lost",
            "TrainsOS's ready queue holds 200 tasks: the creator of the 200th child is dropped"
                + " silently and never runs again. The course's queue is never full.",
            Sources.HEAP,
            Sources.LOOP)
        .programs(entry().repeat(READY_TASKS, script("again").create(1, "child")), script("child"))
        .each(
            order(creates + children)
                .task(1, results + "-", "lost")
                .tasks(FIRST_CHILD, last, "", Expectation.EXITED)
                .reports("1 READY_QUEUE_FULL"),
            order(creates + " 1" + children)
                .task(1, results + last)
                .tasks(FIRST_CHILD, last, "", Expectation.EXITED));
  }

  private static ConformanceCase yieldRotates() {
    return caseOf(
            "yield/equals-run",
            "yield sends its caller behind those of its priority.",
            Sources.VECTORS,
            Sources.LOOP)
        .programs(
            entry().create(4, "child").create(4, "child"), script("child").yieldNow().yieldNow())
        .both(order("1 1 1 3 4 3 4 3 4").task(1, "3; 4").task(3, "0; 0").task(4, "0; 0"));
  }

  private static ConformanceCase yieldKeeps() {
    return caseOf(
            "yield/gives-the-result-of-the-call-before",
            "yield leaves the result alone: x0 is that of the caller's previous call.",
            Sources.VECTORS)
        .programs(
            entry().create(9, "child").yieldNow().myTid().yieldNow().reply(tid(99), "").yieldNow(),
            script("child"))
        .both(
            order("1 1 1 1 1 1 1 3")
                .task(1, "3; 3; 1; 1; -1; -1")
                .task(3, "")
                .reports("1 TASK_NEVER_WAS"));
  }

  private static ConformanceCase yieldAtFirst() {
    return caseOf(
            "yield/first-gives-the-result-of-the-loaders-mmap",
            "A program whose first call is yield gets 0, which its loader's mmap gave.",
            Sources.VECTORS,
            Sources.MMAP)
        .programs(entry().yieldNow())
        .both(order("1 1").task(1, "0"));
  }

  private static ConformanceCase yieldNotToLower() {
    return caseOf(
            "yield/lower-priorities-do-not-run",
            "yield does not let tasks of lower priority run.",
            Sources.READY_QUEUE)
        .programs(
            entry().create(1, "child").yieldNow().yieldNow().yieldNow(), script("child").myTid())
        .both(order("1 1 1 1 1 3 3").task(1, "3; 3; 3; 3").task(3, "3"));
  }

  private static ConformanceCase yieldAlone() {
    return caseOf(
            "yield/alone-goes-on",
            "yield returns at once when nobody else is ready.",
            Sources.VECTORS,
            Sources.LOOP)
        .programs(entry().myTid().yieldNow().yieldNow())
        .both(order("1 1 1 1").task(1, "1; 1; 1"));
  }
}
