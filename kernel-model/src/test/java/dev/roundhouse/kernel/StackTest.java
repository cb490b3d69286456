package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.task.Task;
import org.junit.jupiter.api.Test;

/** How deep stacks reach, and what happens when they reach too deep. */
class StackTest {
  private static final int ENTRY = 1;
  private static final long PC = 0x40_1234;

  private static long callFrame(TestKernel k) {
    return k.profile.memory().callFrameBytes();
  }

  private static long interruptFrame(TestKernel k) {
    return k.profile.memory().interruptFrameBytes();
  }

  /** The running task's stack pointer is so far above the start of its stack's page. */
  private static Task withStackPointer(TestKernel k, long bytesAboveStart) {
    Task task = k.kernel().current();
    task.registers().setSp(task.stack().start() + bytesAboveStart);
    return task;
  }

  @Test
  void whatTheKernelKeepsOnACallCountsAsStackUsed() {
    TestKernel k = TestKernel.ready();
    Task task = withStackPointer(k, callFrame(k));
    k.myTid();
    assertThat(task.lowestStack()).isEqualTo(task.stack().start());
    assertThat(task.hasOverflowed()).isFalse();
    assertThat(k.violations).isEmpty();
  }

  @Test
  void whatTheKernelKeepsOnAnInterruptCountsAsStackUsed() {
    TestKernel k = TestKernel.ready();
    Task task = withStackPointer(k, interruptFrame(k) + 32);
    k.board.pending.add(97);
    k.interrupt();
    assertThat(task.lowestStack()).isEqualTo(task.stack().start() + 32);
    assertThat(k.violations).isEmpty();
  }

  @Test
  void aStackThatRisesAgainKeepsTheLowestThatItReached() {
    TestKernel k = TestKernel.ready();
    Task task = withStackPointer(k, callFrame(k) + 64);
    k.myTid();
    withStackPointer(k, callFrame(k) + 4096);
    k.myTid();
    assertThat(task.lowestStack()).isEqualTo(task.stack().start() + 64);
  }

  @Test
  void aStackThatGrowsOutOfItsPageIsAViolationOnce() {
    TestKernel k = TestKernel.ready();
    Task task = withStackPointer(k, callFrame(k) - 16);
    k.myTid();
    withStackPointer(k, callFrame(k) - 32);
    k.myTid();
    assertThat(k.brokenRules()).containsExactly(Rule.STACK_OVERFLOW);
    assertThat(k.violations.getFirst().detail())
        .startsWith(
            "16 bytes below the stack of %d KiB, in ".formatted(task.stack().length() / 1024));
    assertThat(task.hasOverflowed()).isTrue();
    assertThat(task.lowestStack()).isEqualTo(task.stack().start() - 32);
  }

  @Test
  void aStackOfMemoryThatTheTaskGotIsItsOwnAffair() {
    TestKernel k = TestKernel.ready();
    k.mmap(0x1000);
    k.create(0, "child").runUntil(3);
    Task child = k.kernel().current();
    long given = k.memory.getLong(TestKernel.scratchOf(ENTRY) + 0x20);
    assertThat(given).isLessThan(child.stack().start());
    child.registers().setSp(given + 0x800);
    k.myTid();
    assertThat(k.violations).isEmpty();
    assertThat(child.lowestStack()).isGreaterThanOrEqualTo(child.stack().start());
    assertThat(k.kernel().isOnItsStack(child, given)).isFalse();
    assertThat(k.kernel().isOnItsStack(child, child.stack().start())).isTrue();
    assertThat(k.kernel().isOnItsStack(child, child.stack().start() - 8)).isTrue();
  }

  @Test
  void anInstructionThatReachesBelowTheStackIsNamed() {
    TestKernel k = TestKernel.ready();
    Task task = k.kernel().current();
    long below = task.stack().start() - 8;
    assertThat(k.kernel().stackOverflow(PC, below)).isEmpty();
    assertThat(k.kernel().stackOverflow(PC + 4, below + 4)).isEmpty();
    assertThat(k.brokenRules()).containsExactly(Rule.STACK_OVERFLOW);
    Violation violation = k.violations.getFirst();
    assertThat(violation.isOwnCode()).isTrue();
    assertThat(violation.callerPc()).isEqualTo(PC);
    assertThat(task.lowestStack()).isEqualTo(below);
  }

  @Test
  void aStrictRunEndsWithTheInstruction() {
    TestKernel k = new TestKernel();
    k.strictness = Strictness.STRICT;
    k.boot();
    long below = k.kernel().current().stack().start() - 8;
    assertThat(k.kernel().stackOverflow(PC, below))
        .get()
        .isInstanceOf(EndOfRun.StrictViolation.class);
    assertThat(k.kernel().wrote(PC, below, 8)).get().isInstanceOf(EndOfRun.StrictViolation.class);
  }

  @Test
  void anAddressIsToldByWhoseMemoryItIs() {
    TestKernel k = TestKernel.ready();
    Task task = k.kernel().current();
    AddressRange stack = task.stack();
    AddressRange program = task.program().orElseThrow().memory();
    Kernel kernel = k.kernel();
    assertThat(kernel.whereIs(stack.start())).isEqualTo("in the stack of tid 1 (user_entry)");
    assertThat(kernel.whereIs(program.start())).isEqualTo("in the program of tid 1 (user_entry)");
    assertThat(kernel.whereIs(TestKernel.SCRATCH)).startsWith("in RAM that is no task's");
    assertThat(kernel.withStackAt(stack.end() - 1)).contains(task);
    assertThat(kernel.withStackAt(TestKernel.SCRATCH)).isEmpty();
    k.runUntil(ENTRY).exit();
    assertThat(kernel.withStackAt(stack.start())).isEmpty();
  }

  @Test
  void theTimeInWhichATaskRunsIsItsShare() {
    TestKernel k = TestKernel.ready();
    Task task = k.kernel().current();
    long before = task.activeNanos(k.clock.nanos());
    k.clock.advanceTo(k.clock.nanos() + 5_000);
    assertThat(task.activeNanos(k.clock.nanos())).isEqualTo(before + 5_000);
    k.recv(4);
    long blocked = k.clock.nanos();
    assertThat(task.stateNanos()).isEqualTo(blocked);
    assertThat(task.activeNanos(blocked + 1_000_000)).isGreaterThanOrEqualTo(before + 5_000);
    assertThat(task.activeNanos(blocked + 1_000_000)).isEqualTo(task.activeNanos(blocked));
  }

  @Test
  void aCallStandsInTheHistoryWithItsResult() {
    TestKernel k = TestKernel.ready();
    Task task = k.kernel().current();
    task.calls().called(k.clock.nanos(), 7, task.registers().array(), k.memory);
    k.reply(99, "nobody");
    assertThat(task.calls().calls().getLast().result()).hasValue(-1);
  }
}
