package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Fault;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.task.ResumeKind;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who runs when: items 4 to 7 of the kernel's behaviour, and how system calls return. */
class SchedulingTest {
  private static final long KERNEL_ENTRY_NANOS = 200;

  @Test
  void readyTasksRunInTheOrderOfPriority() {
    TestKernel k = TestKernel.ready();
    k.create(20, "child").create(3, "child").create(19, "child").create(1, "child").exit();
    List<Integer> order = new ArrayList<>();
    while (k.latest() instanceof Decision.Run) {
      order.add(k.running());
      k.exit();
    }
    assertThat(order).containsExactly(6, 4, 5, 3);
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
  }

  @Test
  void everyCallLetsTasksOfTheSamePriorityRun() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").create(0, "child");
    List<Integer> order = new ArrayList<>();
    for (int turn = 0; turn < 6; turn++) {
      k.myTid();
      order.add(k.running());
    }
    assertThat(order).containsExactly(1, 3, 4, 1, 3, 4);
  }

  @Test
  void aCreatedChildRunsBeforeItsParentGoesOn() {
    TestKernel k = TestKernel.ready();
    k.isTraced = true;
    k.create(0, "child");
    assertThat(k.trace.stream().map(Object::toString))
        .containsSubsequence(
            "Created[tid=tid 3, parent=tid 1, priority=0]",
            "Dispatched[tid=tid 3]",
            "Dispatched[tid=tid 1]");
  }

  @Test
  void aTraceTellsTheLifeOfAConversation() {
    TestKernel k = TestKernel.ready();
    k.create(1, "child");
    k.isTraced = true;
    k.send(3, "hi", 4);
    k.recv(4);
    k.reply(1, "ok");
    k.exit();
    k.recv(4);
    assertThat(k.trace.stream().map(Object::toString).filter(text -> !text.startsWith("Called")))
        .containsExactly(
            "SendBlocked[tid=tid 1, to=tid 3]",
            "Dispatched[tid=tid 3]",
            "BecameReady[tid=tid 3, result=0]",
            "Dispatched[tid=tid 3]",
            "Loaded[tid=tid 3, program=child, memory=0x40900000..0x40901000]",
            "ReplyBlocked[tid=tid 1, by=tid 3]",
            "BecameReady[tid=tid 3, result=2]",
            "Dispatched[tid=tid 3]",
            "BecameReady[tid=tid 1, result=2]",
            "BecameReady[tid=tid 3, result=2]",
            "Dispatched[tid=tid 1]",
            "Exited[tid=tid 1]",
            "Dispatched[tid=tid 3]",
            "ReceiveBlocked[tid=tid 3]",
            "Idle[]");
  }

  @Test
  void aTraceTellsOfExitsAndLostTasks() {
    TestKernel k = TestKernel.ready();
    for (int child = 0; child < 199; child++) {
      k.create(20, "child");
    }
    k.isTraced = true;
    k.create(20, "child");
    assertThat(k.trace.stream().map(Object::toString))
        .contains("Lost[tid=tid 1]", "BecameReady[tid=tid 202, result=0]");
    k.exit();
    assertThat(k.trace.stream().map(Object::toString)).contains("Exited[tid=tid 3]");
  }

  @Test
  void faultsSayWhatHappened() {
    assertThat(
            List.of(
                new Fault.DataAbort(0x10, 4, Fault.Access.READ).text(),
                new Fault.PrefetchAbort(0x20).text(),
                new Fault.Alignment(0x30).text(),
                new Fault.PcAlignment(0x42).text(),
                new Fault.UndefinedInstruction(0x1234).text(),
                new Fault.Breakpoint(7).text(),
                new Fault.Other(9).text()))
        .containsExactly(
            "read of 4 bytes at 0x10",
            "jump to 0x20, where no memory is",
            "access to 0x30, which is not aligned",
            "jump to 0x42, no multiple of 4",
            "undefined instruction 0x00001234",
            "brk #7",
            "processor exception 9");
  }

  @Test
  void aTaskThatGetsAMessageIsReadyThoughItDoesNotRunYet() {
    TestKernel k = TestKernel.ready();
    assertThat(k.task(2).state()).isInstanceOf(TaskState.ReceiveBlocked.class);
    k.create(0, "child").runUntil(3).send(2, "hi", 4);
    assertThat(k.task(2).state()).isEqualTo(TaskState.Ready.INSTANCE);
  }

  @Test
  void aTaskOfLowerPriorityDoesNotRunWhileAHigherOneIsReady() {
    TestKernel k = TestKernel.ready();
    k.create(1, "child");
    for (int turn = 0; turn < 10; turn++) {
      assertThat(k.yieldNow().running()).isEqualTo(1);
    }
  }

  @Test
  void yieldGivesTheResultOfTheCallBefore() {
    TestKernel k = TestKernel.ready();
    k.myTid();
    assertThat(k.yieldNow().result()).isEqualTo(1);
    k.send(99, "", 0);
    assertThat(k.yieldNow().result()).isEqualTo(-1);
  }

  @Test
  void theFirstYieldOfAProgramGivesTheResultOfItsLoadersCall() {
    TestKernel k = TestKernel.booted();
    assertThat(k.result()).isNotZero();
    assertThat(k.yieldNow().yieldNow().result()).isZero();
  }

  @Test
  void yieldGivesWhatX0WasAtTheLastInterrupt() {
    TestKernel k = TestKernel.ready();
    k.kernel().current().registers().setX(0, 4711);
    k.interrupt();
    assertThat(k.yieldNow().result()).isEqualTo(4711);
  }

  @Test
  void aSystemCallReturnsToX30() {
    TestKernel k = TestKernel.ready();
    k.kernel().current().registers().setPc(0x1234);
    k.myTid();
    assertThat(k.kernel().current().registers().pc()).isEqualTo(TestKernel.CALLER);
    assertThat(k.kernel().current().resumeKind()).isEqualTo(ResumeKind.AFTER_CALL);
  }

  @Test
  void anInterruptedTaskKeepsAllRegistersAndGoesOnWhereItWas() {
    TestKernel k = TestKernel.ready();
    var registers = k.kernel().current().registers();
    for (int number = 0; number <= 30; number++) {
      registers.setX(number, 1000 + number);
    }
    registers.setPc(0x5678);
    k.interrupt();
    assertThat(k.running()).isEqualTo(1);
    for (int number = 0; number <= 30; number++) {
      assertThat(registers.x(number)).isEqualTo(1000 + number);
    }
    assertThat(registers.pc()).isEqualTo(0x5678);
    assertThat(k.kernel().current().resumeKind()).isEqualTo(ResumeKind.INTERRUPTED);
    k.myTid();
    assertThat(k.kernel().current().resumeKind()).isEqualTo(ResumeKind.AFTER_CALL);
  }

  @Test
  void anInterruptSendsTheTaskToTheBackOfItsPriority() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    assertThat(k.running()).isEqualTo(1);
    k.interrupt();
    assertThat(k.running()).isEqualTo(3);
    k.interrupt();
    assertThat(k.running()).isEqualTo(1);
  }

  @Test
  void everyKernelEntryIsChargedTheLoadersCallToo() {
    TestKernel k = TestKernel.booted();
    assertThat(k.clock.nanos()).as("two loaders").isEqualTo(2 * KERNEL_ENTRY_NANOS);
    k.myTid();
    assertThat(k.clock.nanos()).isEqualTo(3 * KERNEL_ENTRY_NANOS);
    k.interrupt();
    assertThat(k.clock.nanos()).isEqualTo(4 * KERNEL_ENTRY_NANOS);
  }

  @Test
  void withoutReadyTasksTheKernelIsIdle() {
    TestKernel k = TestKernel.ready();
    k.recv(4);
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(k.kernel().current().tid()).isEqualTo(Tid.IDLE);
    k.interrupt();
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
  }

  @Test
  void onlyAnInterruptCanComeWhileTheKernelIsIdle() {
    TestKernel k = TestKernel.ready();
    k.recv(4);
    assertThatThrownBy(k::myTid).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theTwoHundredAndFirstReadyTaskIsLostAndReported() {
    TestKernel k = TestKernel.ready();
    for (int child = 0; child < 200; child++) {
      k.create(20, "child");
    }
    assertThat(k.brokenRules())
        .as("the 200th child fills the queue")
        .containsOnly(Rule.READY_QUEUE_FULL);
    assertThat(k.violations).hasSize(1);
    assertThat(k.violations.get(0).tid()).isEqualTo(new Tid(1));
    assertThat(k.task(1).state()).isEqualTo(TaskState.Lost.INSTANCE);
    assertThat(k.running()).isEqualTo(3);
  }

  @Test
  void aHundredAndNinetyNineReadyTasksBesidesTheOneThatRunsAreFine() {
    TestKernel k = TestKernel.ready();
    for (int child = 0; child < 199; child++) {
      k.create(20, "child");
    }
    assertThat(k.violations).isEmpty();
    assertThat(k.running()).isEqualTo(1);
  }

  @Test
  void anUnknownSystemCallIsReportedAndCrashesTheKernel() {
    for (int number : new int[] {15, 0xFFFF, -1}) {
      TestKernel k = TestKernel.ready();
      k.call(number);
      assertThat(k.end())
          .isInstanceOfSatisfying(
              EndOfRun.KernelCrash.class,
              crash -> assertThat(crash.rule()).isEqualTo(Rule.UNKNOWN_SYSCALL));
      assertThat(k.violations).extracting(Violation::call).containsExactly("svc #" + number);
    }
  }

  @Test
  void aFaultEndsTheRun() {
    TestKernel k = TestKernel.ready();
    Fault fault = new Fault.DataAbort(0, 8, Fault.Access.WRITE);
    k.enter(new KernelEntry.UserFault(fault));
    assertThat(k.end()).isEqualTo(new EndOfRun.TaskFault(new Tid(1), fault));
    assertThat(k.end().text()).isEqualTo("tid 1 took a fault: write of 8 bytes at 0x0");
  }

  @Test
  void aViolationNamesTaskCallArgumentsCallerTimeAndRule() {
    TestKernel k = TestKernel.ready();
    long before = k.clock.nanos();
    k.call(8, 0x1234);
    Violation violation = k.violations.get(0);
    assertThat(violation.tid()).isEqualTo(new Tid(1));
    assertThat(violation.call()).isEqualTo("await_event");
    assertThat(violation.arguments()).containsExactly(0x1234L);
    assertThat(violation.callerPc()).isEqualTo(TestKernel.CALLER);
    assertThat(violation.at().nanos()).isEqualTo(before + KERNEL_ENTRY_NANOS);
    assertThat(violation.rule()).isEqualTo(Rule.UNKNOWN_EVENT);
    assertThat(violation.text())
        .startsWith("tid 1: unknown event id in await_event(0x1234) called from 0x44401234 at 0.");
  }

  @Test
  void aStrictRunEndsAtTheFirstViolation() {
    TestKernel k = new TestKernel();
    k.strictness = Strictness.STRICT;
    k.boot().runUntil(1).send(1, "me", 0);
    assertThat(k.end()).isEqualTo(new EndOfRun.StrictViolation(k.violations.get(0)));
    assertThat(k.end().text()).contains("send to self");
  }
}
