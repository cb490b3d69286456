package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.fullOrder;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import java.util.List;

/** create. */
final class CreateCases {
  private static final long OUTSIDE = 0x80_0000_0000L;
  private static final long MEBIBYTE = 1L << 20;
  private static final String NEVER = "never-started";

  /** All memory that is free once the first two programs run, largest pages first. */
  static final Script ALL_MEMORY =
      script("all_memory")
          .mapMemory(256 * MEBIBYTE)
          .mapMemory(256 * MEBIBYTE)
          .mapMemory(128 * MEBIBYTE)
          .mapMemory(128 * MEBIBYTE)
          .mapMemory(64 * MEBIBYTE)
          .mapMemory(64 * MEBIBYTE)
          .mapMemory(32 * MEBIBYTE)
          .mapMemory(32 * MEBIBYTE)
          .mapMemory(16 * MEBIBYTE)
          .mapMemory(8 * MEBIBYTE);

  /** What {@link #ALL_MEMORY} gives. */
  static final String ALL_ADDRESSES =
      "0 0x50000000; 0 0x60000000; 0 0x48000000; 0 0x70000000; 0 0x44000000; 0 0x78000000;"
          + " 0 0x42000000; 0 0x7c000000; 0 0x41000000; 0 0x40800000";

  private CreateCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        nextTid(),
        equalPriority(),
        higherPriority(),
        lowerPriority(),
        priority(0, "1 1 3"),
        priority(20, "1 1 3"),
        badPriority("21", 21),
        badPriority("minus-1", -1),
        extremePriorities(),
        badPriorityCrash(),
        badPriorityQueues(),
        noMemory(),
        unknownProgram(),
        noProgram(),
        noArguments(),
        nullWithoutLength(),
        badPointer(),
        argumentsTooLong());
  }

  private static ConformanceCase nextTid() {
    return caseOf(
            "create/gives-the-next-tid",
            "create gives tids that count up from 3, behind the two tasks of the kernel.",
            Sources.NEW_TASK,
            Sources.CREATE)
        .programs(entry().create(5, "child").create(5, "child").create(5, "child"), script("child"))
        .both(order("1 1 1 1 3 4 5").task(1, "3; 4; 5").task(3, "").task(4, "").task(5, ""));
  }

  private static ConformanceCase equalPriority() {
    return caseOf(
            "create/a-child-of-equal-priority-runs-before-its-parent-goes-on",
            "A created task is queued before its creator; its loader's mmap then sends it back"
                + " once.",
            Sources.CREATE,
            Sources.LOOP,
            Sources.LOAD)
        .programs(entry().create(0, "child").myTid().myTid(), script("child").myTid())
        .both(fullOrder("L1 L2 1 2 L3 1 3 1 3 1").task(1, "3; 1; 1").task(3, "3"));
  }

  private static ConformanceCase higherPriority() {
    return caseOf(
            "create/a-child-of-higher-priority-runs-at-once",
            "A created task of higher priority runs until it waits or exits.",
            Sources.CREATE,
            Sources.READY_QUEUE)
        .programs(
            entry().create(5, "middle"),
            script("middle").create(2, "urgent").myTid(),
            script("urgent").myTid())
        .both(order("1 1 3 4 4 3 3").task(1, "3").task(3, "4; 3").task(4, "4"));
  }

  private static ConformanceCase lowerPriority() {
    return caseOf(
            "create/a-child-of-lower-priority-waits",
            "A created task of lower priority runs only when its creator waits or exits.",
            Sources.CREATE,
            Sources.READY_QUEUE)
        .programs(entry().create(9, "child").myTid().myTid(), script("child").myTid())
        .both(order("1 1 1 1 3 3").task(1, "3; 1; 1").task(3, "3"));
  }

  private static ConformanceCase priority(int level, String calls) {
    return caseOf(
            "create/priority-%d-is-good".formatted(level),
            "Priority %d is one: %s.".formatted(level, level == 0 ? "the highest" : "the lowest"),
            Sources.PRIORITIES)
        .programs(entry().create(level, "child"), script("child"))
        .both(order(calls).task(1, "3").task(3, ""));
  }

  private static ConformanceCase badPriority(String word, int level) {
    return caseOf(
            "create/priority-" + word + "-gives-minus-1",
            "create gives -1 for priority %d. TrainsOS has used up a tid then, the course has not."
                .formatted(level),
            Sources.CREATE,
            Sources.PRIORITIES,
            Sources.COURSE_CREATE)
        .programs(entry().create(level, "child").create(20, "child"), script("child"))
        .each(
            order("1 1 1 4")
                .task(1, "-1; 4")
                .task(3, "", NEVER)
                .task(4, "")
                .reports("1 BAD_PRIORITY"),
            order("1 1 1 3").task(1, "-1; 3").task(3, "").reports("1 BAD_PRIORITY"));
  }

  private static ConformanceCase extremePriorities() {
    return caseOf(
            "create/the-largest-and-the-smallest-int-are-bad-priorities",
            "create gives -1 for the largest and the smallest int, and uses up tids on TrainsOS,"
                + " not on the course's kernel.",
            Sources.CREATE,
            Sources.PRIORITIES,
            Sources.COURSE_CREATE)
        .programs(
            entry()
                .create(Integer.MAX_VALUE, "child")
                .create(Integer.MIN_VALUE, "child")
                .create(1, "child"),
            script("child"))
        .each(
            order("1 1 1 1 5")
                .task(1, "-1; -1; 5")
                .task(3, "", NEVER)
                .task(4, "", NEVER)
                .task(5, "")
                .reports("1 BAD_PRIORITY", "1 BAD_PRIORITY"),
            order("1 1 1 1 3")
                .task(1, "-1; -1; 3")
                .task(3, "")
                .reports("1 BAD_PRIORITY", "1 BAD_PRIORITY"));
  }

  private static ConformanceCase badPriorityCrash() {
    return caseOf(
            "create/a-send-to-the-tid-of-a-bad-priority-crashes",
            "A tid that a bad priority used up has no mailbox: a send to it crashes TrainsOS. On"
                + " the course's kernel there is no such tid.",
            Sources.CREATE,
            Sources.MAILBOX_QUEUE,
            Sources.COURSE_CREATE)
        .programs(entry().create(21, "child").send(tid(3), "a", 1))
        .each(
            order("1 1")
                .task(1, "-1; -", "could-run")
                .task(3, "", NEVER)
                .reports("1 BAD_PRIORITY", "1 BAD_PRIORITY")
                .ends(EndKind.KERNEL_CRASH, "has no queue of senders"),
            order("1 1 1").task(1, "-1; -1 '.'").reports("1 BAD_PRIORITY", "1 TASK_NEVER_WAS"));
  }

  private static ConformanceCase badPriorityQueues() {
    return caseOf(
            "create/a-left-over-descriptor-queues-senders-to-a-bad-priority",
            "A tid that a bad priority used up inherits the mailbox of an exited task whose"
                + " descriptor it got: a send to it waits for ever. On the course's kernel there is"
                + " no such tid.",
            Sources.CREATE,
            Sources.END_OF_TASK,
            Sources.MAILBOX_QUEUE)
        .programs(
            entry().create(0, "brief").yieldNow().create(21, "brief").send(tid(4), "a", 1),
            script("brief"))
        .each(
            order("1 1 3 1 1")
                .task(1, "3; 3; -1; -", "send-blocked on 4")
                .task(3, "")
                .task(4, "", NEVER)
                .reports("1 BAD_PRIORITY")
                .deadlock(),
            order("1 1 3 1 1 1")
                .task(1, "3; 3; -1; -1 '.'")
                .task(3, "")
                .reports("1 BAD_PRIORITY", "1 TASK_NEVER_WAS"));
  }

  private static ConformanceCase noMemory() {
    return caseOf(
            "create/without-memory-gives-minus-2",
            "create gives -2 when there is no page for a stack.",
            Sources.CREATE,
            Sources.NEW_TASK,
            Sources.FREE_LISTS)
        .programs(entry().repeat(1, ALL_MEMORY).create(1, "child"), script("child"))
        .both(order("1 1 1 1 1 1 1 1 1 1 1 1").task(1, ALL_ADDRESSES + "; -2"));
  }

  private static ConformanceCase unknownProgram() {
    return caseOf(
            "create/an-unknown-program-has-a-tid-and-cannot-be-loaded",
            "create gives a tid for a program that there is not; its loader then runs into"
                + " nothing.",
            Sources.CREATE,
            Sources.ARGUMENTS,
            Sources.LOAD)
        .programs(entry().create(1, "nobody"))
        .both(
            order("1 1").task(1, "3").task(3, "", "could-run").ends(EndKind.CANNOT_LOAD, "nobody"));
  }

  private static ConformanceCase noProgram() {
    return cannotLoad(
        "create/arguments-without-program-cannot-be-loaded",
        "A task whose arguments have no PROGRAM has nothing to load.",
        Message.text("KEY\0VALUE\0"));
  }

  private static ConformanceCase noArguments() {
    return cannotLoad(
        "create/an-empty-argument-block-cannot-be-loaded",
        "A task without arguments has nothing to load.",
        Message.text(""));
  }

  private static ConformanceCase nullWithoutLength() {
    return cannotLoad(
        "create/null-arguments-without-length-are-not-followed",
        "A pointer to arguments of no length is not followed; there is nothing to load.",
        Message.at(0, 0));
  }

  private static ConformanceCase cannotLoad(String name, String says, Message arguments) {
    return caseOf(name, says, Sources.START_OF_TASK, Sources.ARGUMENTS)
        .programs(entry().create(1, arguments))
        .both(
            order("1 1")
                .task(1, "3")
                .task(3, "", "could-run")
                .ends(EndKind.CANNOT_LOAD, "has no PROGRAM"));
  }

  private static ConformanceCase badPointer() {
    return caseOf(
            "create/a-bad-pointer-ends-the-run",
            "The kernel follows a pointer to arguments wherever it leads.",
            Sources.START_OF_TASK,
            Sources.MEMORY_MAP)
        .programs(entry().create(1, Message.at(OUTSIDE, 16)))
        .both(
            order("1")
                .atOnce()
                .task(1, "-", "could-run")
                .task(3, "", "could-run")
                .reports("1 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "args of create"));
  }

  private static ConformanceCase argumentsTooLong() {
    return caseOf(
            "create/arguments-longer-than-the-stack-end-the-run",
            "The kernel copies arguments below the top of the stack however long they are.",
            Sources.START_OF_TASK)
        .programs(entry().create(1, Message.at(0x4000_0000L, MEBIBYTE + 1)))
        .both(
            order("1")
                .atOnce()
                .task(1, "-", "could-run")
                .task(3, "", "could-run")
                .reports("1 ARGUMENTS_TOO_LONG")
                .ends(EndKind.KERNEL_CRASH, "1048577 bytes"));
  }
}
