package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.loader.ElfBuilder;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violation;
import org.junit.jupiter.api.Test;

/** Writes to where a task has nothing to write. */
class ForeignWritesTest {
  private static final int ENTRY = 1;
  private static final int CHILD = 3;
  private static final long PC = 0x40_1234;

  private static final int CODE_START = 0x400;
  private static final int CODE_END = 0x800;

  /** A program whose code has data before and behind it. */
  private static byte[] codeAndData() {
    return new ElfBuilder()
        .entry(0x600)
        .header(ElfBuilder.PT_LOAD, 0, 0, CODE_START, CODE_START, 0x400)
        .header(ElfBuilder.PT_LOAD, CODE_START, CODE_START, 0x400, 0x400, 0x400)
        .header(ElfBuilder.PT_LOAD, CODE_END, CODE_END, 0x800, 0x800, 0x400)
        .flags(0, 6)
        .flags(1, 5)
        .flags(2, 6)
        .build();
  }

  /** The entry runs; its child (tid 3) is in recv. */
  private static TestKernel k() {
    TestKernel k = new TestKernel();
    k.program("user_entry", codeAndData()).program("child", codeAndData()).boot();
    k.runUntil(2).recv(8);
    k.runUntil(ENTRY).create(0, "child");
    k.runUntil(CHILD).recv(8);
    return k.runUntil(ENTRY);
  }

  private static AddressRange program(TestKernel k, int tid) {
    return k.task(tid).program().orElseThrow().memory();
  }

  private static void wrote(TestKernel k, long address, long bytes) {
    assertThat(k.kernel().wrote(PC, address, bytes)).isEmpty();
  }

  private static void receive(TestKernel k, long buffer) {
    k.call(6, k.scratch() + 0x10, buffer, 8);
    k.runUntil(CHILD).send(ENTRY, "payload", 0);
  }

  /** The entry is about to receive what its child sends. */
  private static TestKernel receiver() {
    TestKernel k = k();
    k.send(CHILD, "go", 0);
    k.runUntil(CHILD).reply(ENTRY, "");
    return k.runUntil(ENTRY);
  }

  @Test
  void anInstructionThatWritesIntoTheStackOfAnotherIsNamed() {
    TestKernel k = k();
    long top = k.task(CHILD).stack().end();
    wrote(k, top - 24, 8);
    Violation violation = k.violations.getFirst();
    assertThat(violation.rule()).isEqualTo(Rule.FOREIGN_STACK);
    assertThat(violation.callerPc()).isEqualTo(PC);
    assertThat(violation.detail())
        .isEqualTo(
            "8 bytes to 0x%x, in the stack of tid 3 (child), 24 bytes below its top"
                .formatted(top - 24));
  }

  @Test
  void aWriteThatOnlyEndsInTheStackOfAnotherIsSeenToo() {
    TestKernel k = k();
    long start = k.task(CHILD).stack().start();
    wrote(k, start - 7, 8);
    wrote(k, start - 8, 8);
    assertThat(k.brokenRules()).containsExactly(Rule.FOREIGN_STACK);
  }

  @Test
  void aTaskMayWriteToItsOwnStackItsDataAndMemoryOfNobody() {
    TestKernel k = k();
    wrote(k, k.task(ENTRY).stack().start(), 8);
    wrote(k, program(k, ENTRY).start() + CODE_END, 8);
    wrote(k, TestKernel.SCRATCH, 8);
    assertThat(k.violations).isEmpty();
  }

  @Test
  void aWriteIntoCodeSaysWhoseItIs() {
    TestKernel k = k();
    long own = program(k, ENTRY).start() + CODE_END - 1;
    long other = program(k, CHILD).start() + CODE_START;
    wrote(k, own, 1);
    wrote(k, other, 4);
    assertThat(k.brokenRules()).containsExactly(Rule.CODE_WRITTEN, Rule.CODE_WRITTEN);
    assertThat(k.violations)
        .extracting(Violation::detail)
        .containsExactly(
            "1 byte to 0x%x, in the code of its own program".formatted(own),
            "4 bytes to 0x%x, in the code of tid 3 (child)".formatted(other));
  }

  @Test
  void aWriteThatOnlyEndsInCodeIsSeenToo() {
    TestKernel k = k();
    long start = program(k, ENTRY).start() + CODE_START;
    wrote(k, start - 4, 4);
    wrote(k, start - 3, 4);
    assertThat(k.brokenRules()).containsExactly(Rule.CODE_WRITTEN);
  }

  @Test
  void aMessageThatIsCopiedOverTheReceiversCodeIsAViolationOfItsCall() {
    TestKernel k = receiver();
    receive(k, program(k, ENTRY).start() + CODE_START);
    assertThat(k.brokenRules()).containsExactly(Rule.CODE_WRITTEN);
    assertThat(k.violations.getFirst().isOwnCode()).isFalse();
  }

  @Test
  void aMessageThatIsCopiedIntoTheStackOfAnotherIsAViolationOfItsCall() {
    TestKernel k = receiver();
    receive(k, k.task(CHILD).stack().end() - 64);
    assertThat(k.brokenRules()).containsExactly(Rule.FOREIGN_STACK);
  }

  @Test
  void aMessageMayGoToTheReceiversStackAndData() {
    TestKernel toStack = receiver();
    receive(toStack, toStack.task(ENTRY).stack().end() - 64);
    assertThat(toStack.violations).isEmpty();
    TestKernel toData = receiver();
    receive(toData, program(toData, ENTRY).start() + CODE_END + 0x100);
    assertThat(toData.violations).isEmpty();
  }
}
