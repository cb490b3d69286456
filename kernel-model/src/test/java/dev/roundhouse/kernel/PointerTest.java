package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pointers that lead nowhere, in every argument of every system call that has one. */
class PointerTest {
  private static final long GOOD = TestKernel.SCRATCH;

  /** NULL, the kernel's own, over the end of RAM, devices, beyond, negative, wrapping. */
  private static final long[] BAD = {
    0, 0x1F_FFFF, 0x7FFF_FFFF, 0x8000_0000L, 0xFE20_1000L, 1L << 62, -1, -8, Long.MIN_VALUE
  };

  private static void refuses(TestKernel k, int owner, String call, String argument) {
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.BadPointer.class,
            bad -> {
              assertThat(bad.tid()).isEqualTo(new Tid(owner));
              assertThat(bad.call()).isEqualTo(call);
              assertThat(bad.argument()).isEqualTo(argument);
            });
    assertThat(k.brokenRules()).endsWith(Rule.BAD_POINTER);
    assertThat(k.violations.get(0).tid()).isEqualTo(new Tid(owner));
  }

  @Test
  void theArgumentsOfCreateAreChecked() {
    for (long bad : BAD) {
      refuses(TestKernel.ready().call(2, 0, bad, 4), 1, "create", "args");
    }
    refuses(TestKernel.ready().call(2, 0, GOOD, -1), 1, "create", "args");
    refuses(TestKernel.ready().call(2, 0, GOOD, Long.MAX_VALUE), 1, "create", "args");
  }

  @Test
  void theStackPointerIsCheckedOnEverySystemCall() {
    for (long bad :
        new long[] {0, 0x20_0000 + 95, 0x8000_0010L, 0xFE20_1000L, -1, Long.MIN_VALUE}) {
      TestKernel k = TestKernel.ready();
      k.kernel().current().registers().setSp(bad);
      refuses(k.call(3), 1, "my_tid", "sp");
    }
  }

  @Test
  void aStackPointerWithJustEnoughRoomIsFine() {
    TestKernel k = TestKernel.ready();
    k.kernel().current().registers().setSp(0x20_0000 + 96);
    assertThat(k.call(3).result()).isEqualTo(1);
  }

  @Test
  void anInterruptNeedsMoreRoomBelowTheStackPointer() {
    TestKernel k = TestKernel.ready();
    k.kernel().current().registers().setSp(0x20_0000 + 239);
    assertThat(k.interrupt().end()).isInstanceOf(EndOfRun.BadPointer.class);
  }

  @Test
  void anInterruptThatFindsABadStackPointerIsNoCallOfTheTask() {
    TestKernel k = TestKernel.ready();
    k.kernel().current().registers().setSp(0x30);
    long pc = k.kernel().current().registers().pc();
    refuses(k.interrupt(), 1, "interrupt", "sp");
    assertThat(k.end().text())
        .startsWith("tid 1 had a bad stack pointer when an interrupt came: 0x");
    assertThat(k.violations.getFirst().callerPc()).isEqualTo(pc);
    assertThat(k.violations.getFirst().text()).doesNotContain("mmap");
  }

  @Test
  void theTargetOfMmapIsChecked() {
    for (long bad : BAD) {
      refuses(TestKernel.ready().call(9, bad, 1), 1, "mmap", "target");
    }
  }

  @Test
  void theTargetOfSysHealthIsChecked() {
    for (long bad : BAD) {
      refuses(TestKernel.ready().call(10, bad), 1, "sys_health", "health");
    }
  }

  @Test
  void theTargetOfTheEncodersCountersIsCheckedIfTheEncoderExists() {
    for (long bad : BAD) {
      TestKernel k = TestKernel.ready();
      assertThat(k.call(12, 0, bad).result()).isZero();
      refuses(k.call(11, 4, 5).call(12, 0, bad), 1, "quadrature_encoder_get", "stat");
    }
  }

  @Test
  void theMessageOfPrintRawIsCheckedButNull() {
    for (long bad : BAD) {
      if (bad != 0) {
        refuses(TestKernel.ready().call(13, bad, 2), 1, "print_raw", "msg");
      }
    }
  }

  @Test
  void theMessageOfSendIsCheckedWhenTheReceiverWaits() {
    for (long bad : BAD) {
      TestKernel k = serverInRecv();
      refuses(k.call(5, 3, bad, 4, GOOD, 4), 1, "send", "msg");
    }
  }

  @Test
  void theMessageOfAQueuedSenderIsCheckedWhenItIsReceived() {
    for (long bad : BAD) {
      TestKernel k = TestKernel.ready();
      k.create(5, "child").call(5, 3, bad, 4, GOOD, 4);
      assertThat(k.running()).isEqualTo(3);
      refuses(k.recv(8), 1, "send", "msg");
    }
  }

  @Test
  void theBufferOfRecvIsCheckedWhenAMessageComes() {
    for (long bad : BAD) {
      TestKernel k = TestKernel.ready();
      k.create(0, "child").runUntil(3).call(6, GOOD, bad, 4);
      assertThat(k.running()).isEqualTo(1);
      refuses(k.send(3, "ping", 4), 3, "recv", "msg");
    }
  }

  @Test
  void theTidOfRecvIsCheckedWhenAMessageComesEvenAnEmptyOne() {
    for (long bad : BAD) {
      TestKernel k = TestKernel.ready();
      k.create(0, "child").runUntil(3).call(6, bad, 0, 0);
      assertThat(k.running()).isEqualTo(1);
      refuses(k.send(3, "", 4), 3, "recv", "tid");
    }
  }

  @Test
  void theReplyOfTheReplierIsChecked() {
    for (long bad : BAD) {
      TestKernel k = serverInRecv();
      k.send(3, "ping", 4);
      refuses(k.call(7, 1, bad, 4), 3, "reply", "reply");
    }
  }

  @Test
  void theReplyBufferOfTheSenderIsCheckedWhenTheReplyComes() {
    for (long bad : BAD) {
      TestKernel k = serverInRecv();
      k.call(5, 3, GOOD, 4, bad, 4);
      refuses(k.call(7, 1, GOOD, 4), 1, "send", "reply");
    }
  }

  @Test
  void onlyTheBytesThatAreCopiedAreChecked() {
    TestKernel k = serverInRecv();
    k.call(5, 3, GOOD, -1, GOOD + 0x100, 2);
    assertThat(k.result()).isEqualTo(-1);
    k.call(7, 1, GOOD, Long.MIN_VALUE);
    assertThat(k.running()).isEqualTo(1);
    assertThat(k.result()).isEqualTo(Long.MIN_VALUE);
    k.yieldNow();
    assertThat(k.running()).isEqualTo(3);
    assertThat(k.result()).isEqualTo(2);
    assertThat(k.brokenRules()).containsExactly(Rule.MESSAGE_CUT_SHORT, Rule.MESSAGE_CUT_SHORT);
  }

  @Test
  void aBufferUpToTheEndOfRamIsFineAndOneByteMoreIsNot() {
    TestKernel k = TestKernel.ready();
    assertThat(k.call(13, 0x7FFF_FFFEL, 2).result()).isZero();
    refuses(k.call(13, 0x7FFF_FFFEL, 3), 1, "print_raw", "msg");
    k = TestKernel.ready();
    assertThat(k.call(13, 0x20_0000, 2).result()).isZero();
    refuses(k.call(13, 0x1F_FFFE, 4), 1, "print_raw", "msg");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 8, 11})
  void callsWithoutPointersTakeAnyArguments(int number) {
    for (long bad : BAD) {
      TestKernel k = TestKernel.ready();
      k.call(number, bad, bad, bad, bad, bad);
      assertThat(k.latest()).isNotInstanceOf(EndOfRun.BadPointer.class);
    }
  }

  @Test
  void aBadPointerEndsAStrictRunAsABadPointer() {
    TestKernel k = new TestKernel();
    k.strictness = Strictness.STRICT;
    k.boot().call(9, 0, 1);
    UserBuffer where = new UserBuffer(0, 8);
    assertThat(k.end()).isEqualTo(new EndOfRun.BadPointer(new Tid(1), "mmap", "target", where));
    assertThat(k.end().text())
        .isEqualTo("tid 1 passed a bad pointer: target of mmap, 0x0, 8 bytes");
  }

  @Test
  void theKernelsMemoryIsUntouchedByARefusedCall() {
    TestKernel k = TestKernel.ready();
    k.call(6, 0x1000, GOOD, 4);
    assertThat(k.violations).isEqualTo(List.of());
  }

  private static TestKernel serverInRecv() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3).recv(8);
    return k.runUntil(1);
  }
}
