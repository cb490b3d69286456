package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.fullOrder;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import java.util.List;

/** exit, my_tid and my_parent_tid. */
final class TaskCases {
  private static final long MEBIBYTE = 1L << 20;

  private TaskCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        exitEnds(),
        returningExits(),
        tidsAreNotUsedAgain(),
        stackIsGivenBack(),
        programIsNotGivenBack(),
        childrenLiveOn(),
        exitLetsOthersRun(),
        startOrder(),
        firstTid(),
        nameServer(),
        tidAfterWaiting(),
        parent(),
        firstParent(),
        nameServersParent(),
        parentIsGone(),
        parentGoesMeanwhile(),
        grandparent(),
        parentOfHigherChild());
  }

  private static ConformanceCase exitEnds() {
    return caseOf(
            "exit/ends-the-caller", "exit does not return.", Sources.EXIT, Sources.END_OF_TASK)
        .programs(entry().myTid().exit().myTid())
        .both(order("1 1").task(1, "1; -"));
  }

  private static ConformanceCase returningExits() {
    return caseOf(
            "exit/a-program-that-returns-exits",
            "The loader exits for a program that returns from its entry point.",
            Sources.LOAD)
        .programs(entry())
        .both(order("1").task(1, ""));
  }

  private static ConformanceCase tidsAreNotUsedAgain() {
    return caseOf(
            "exit/a-tid-is-not-used-again",
            "The tid of an exited task is not given to another one.",
            Sources.NEW_TASK,
            Sources.END_OF_TASK)
        .programs(entry().create(0, "brief").yieldNow().create(0, "brief"), script("brief"))
        .both(order("1 1 3 1 1 4").task(1, "3; 3; 4").task(3, "").task(4, ""));
  }

  private static ConformanceCase stackIsGivenBack() {
    return caseOf(
            "exit/the-stack-is-given-back",
            "An exited task's stack page is the next that mmap gives.",
            Sources.END_OF_TASK,
            Sources.FREE)
        .programs(entry().create(0, "brief").yieldNow().mapMemory(MEBIBYTE), script("brief"))
        .both(order("1 1 3 1 1").task(1, "3; 3; 0 0x40800000").task(3, ""));
  }

  private static ConformanceCase programIsNotGivenBack() {
    return caseOf(
            "exit/the-programs-memory-is-not-given-back",
            "Behind an exited task's stack page, mmap gives a page that was never used.",
            Sources.END_OF_TASK,
            Sources.LOAD)
        .programs(
            entry().create(0, "brief").yieldNow().mapMemory(MEBIBYTE).mapMemory(MEBIBYTE),
            script("brief"))
        .both(order("1 1 3 1 1 1").task(1, "3; 3; 0 0x40800000; 0 0x40a00000").task(3, ""));
  }

  private static ConformanceCase childrenLiveOn() {
    return caseOf("exit/children-live-on", "Children of an exited task run on.", Sources.EXIT)
        .programs(entry().create(1, "child").exit(), script("child").myTid().myTid())
        .both(order("1 1 3 3 3").task(1, "3; -").task(3, "3; 3"));
  }

  private static ConformanceCase exitLetsOthersRun() {
    return caseOf(
            "exit/the-next-ready-task-runs",
            "After an exit the next ready task runs, whatever its priority.",
            Sources.EXIT,
            Sources.LOOP)
        .programs(
            entry().create(20, "low").create(10, "middle"),
            script("low").myTid(),
            script("middle").myTid())
        .both(order("1 1 1 4 4 3 3").task(1, "3; 4").task(3, "3").task(4, "4"));
  }

  private static ConformanceCase startOrder() {
    return caseOf(
            "tid/the-kernel-starts-two-tasks-in-order",
            "Tasks 1 and 2 start in this order at priority 0, each with its loader's mmap.",
            Sources.MAIN,
            Sources.LOAD)
        .programs(entry().myTid().myTid(), script("name_server").myTid().myTid())
        .both(fullOrder("L1 L2 1 2 1 2 1 2").task(1, "1; 1").task(2, "2; 2"));
  }

  private static ConformanceCase firstTid() {
    return caseOf(
            "tid/the-first-program-is-1", "The kernel's first program is task 1.", Sources.MAIN)
        .programs(entry().myTid())
        .both(order("1 1").task(1, "1"));
  }

  private static ConformanceCase nameServer() {
    return caseOf(
            "tid/the-name-server-is-2", "The kernel's second program is task 2.", Sources.MAIN)
        .programs(entry(), script("name_server").myTid().receive(8))
        .both(order("1 2 2").task(1, "").task(2, "2; -", "receive-blocked"));
  }

  private static ConformanceCase tidAfterWaiting() {
    return caseOf(
            "tid/my-tid-is-the-same-behind-a-wait",
            "my_tid gives the same before and after the task waited.",
            Sources.MY_TID)
        .programs(
            entry().create(1, "child").receive(4).reply(sender(), "x").myTid(),
            script("child").myTid().send(tid(1), "a", 1).myTid())
        .both(
            order("1 1 3 3 1 1 1 3 3").task(1, "3; 1 'a...' from 3; 1; 1").task(3, "3; 1 'x'; 3"));
  }

  private static ConformanceCase parent() {
    return caseOf(
            "tid/the-parent-is-the-creator",
            "my_parent_tid gives the tid of the task that created the caller.",
            Sources.MY_PARENT_TID)
        .programs(entry().create(1, "child").receive(8), script("child").myParentTid())
        .both(order("1 1 3 3").task(1, "3; -", "receive-blocked").task(3, "1"));
  }

  private static ConformanceCase firstParent() {
    return caseOf(
            "tid/the-parent-of-the-first-program-is-0",
            "The first program has no creator: the kernel reads its parent's tid through a NULL"
                + " pointer, and finds 0.",
            Sources.START_OF_TASK,
            Sources.MY_PARENT_TID)
        .programs(entry().myParentTid())
        .both(order("1 1").task(1, "0"));
  }

  private static ConformanceCase nameServersParent() {
    return caseOf(
            "tid/the-parent-of-the-name-server-is-0",
            "The name server's parent is 0, as the first program's.",
            Sources.START_OF_TASK,
            Sources.MY_PARENT_TID)
        .programs(entry(), script("name_server").myParentTid())
        .both(order("1 2 2").task(1, "").task(2, "0"));
  }

  private static ConformanceCase parentIsGone() {
    return caseOf(
            "tid/a-parent-that-is-gone-is-minus-1",
            "my_parent_tid gives -1 when the creator has exited.",
            Sources.MY_PARENT_TID)
        .programs(entry().create(1, "child"), script("child").myParentTid())
        .both(order("1 1 3 3").task(1, "3").task(3, "-1"));
  }

  private static ConformanceCase parentGoesMeanwhile() {
    return caseOf(
            "tid/a-parent-can-go-between-two-calls",
            "my_parent_tid gives the parent while it lives and -1 afterwards.",
            Sources.MY_PARENT_TID)
        .programs(
            entry().create(0, "child").yieldNow().yieldNow(),
            script("child").myParentTid().myParentTid().myParentTid())
        .both(order("1 1 3 1 3 1 3 3").task(1, "3; 3; 3").task(3, "1; 1; -1"));
  }

  private static ConformanceCase grandparent() {
    return caseOf(
            "tid/a-grandparent-does-not-adopt",
            "The child of an exited task has no parent, even if its grandparent lives.",
            Sources.MY_PARENT_TID)
        .programs(
            entry().create(1, "middle").receive(8),
            script("middle").create(2, "leaf"),
            script("leaf").myParentTid())
        .both(order("1 1 3 3 4 4").task(1, "3; -", "receive-blocked").task(3, "4").task(4, "-1"));
  }

  private static ConformanceCase parentOfHigherChild() {
    return caseOf(
            "tid/a-child-that-runs-at-once-sees-its-parent",
            "my_parent_tid gives the creator while create has not returned yet.",
            Sources.MY_PARENT_TID,
            Sources.CREATE)
        .programs(
            entry().create(5, "middle"),
            script("middle").create(3, "urgent"),
            script("urgent").myParentTid())
        .both(order("1 1 3 4 4 3").task(1, "3").task(3, "4").task(4, "3"));
  }
}
