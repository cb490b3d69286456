package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.task.Tid;
import org.junit.jupiter.api.Test;

/** print_raw, quit and sys_health. */
class ConsoleTest {
  private static final long ENTRY_NANOS = 200;
  private static final long DELAY_NANOS = 65_536 * 3;

  @Test
  void printRawWritesTheBytesAsTheyAreAndThenSpins() {
    TestKernel k = TestKernel.ready();
    long before = k.clock.nanos();
    k.print("a\n\0b");
    assertThat(k.board.consoleText()).isEqualTo("a\n\0b");
    assertThat(k.result()).isZero();
    assertThat(k.clock.nanos() - before).isEqualTo(ENTRY_NANOS + DELAY_NANOS);
  }

  @Test
  void aLongMessageIsWrittenCompletely() {
    TestKernel k = TestKernel.ready();
    String text = "0123456789abcdef".repeat(700);
    k.print(text);
    assertThat(k.board.consoleText()).isEqualTo(text);
  }

  @Test
  void aNullMessagePrintsNullWhateverTheLength() {
    for (long length : new long[] {0, 5, -1}) {
      TestKernel k = TestKernel.ready();
      assertThat(k.call(13, 0, length).result()).isZero();
      assertThat(k.board.consoleText()).isEqualTo("NULL\r\n");
    }
  }

  @Test
  void aNegativeOrZeroLengthPrintsNothing() {
    TestKernel k = TestKernel.ready();
    for (long length : new long[] {0, -1, 0x8000_0000L, 0x7_0000_0000L}) {
      assertThat(k.call(13, 0xDEAD_0000_0000L, length).result()).isZero();
    }
    assertThat(k.board.consoleText()).isEmpty();
    assertThat(k.violations).isEmpty();
  }

  @Test
  void printRawPollsUntilTheFifoHasRoom() {
    TestKernel k = TestKernel.ready();
    k.board.consoleRoom = 2;
    k.atDeadline =
        () -> {
          k.clock.advanceTo(k.clock.nanos() + 86_806);
          k.board.consoleRoom = 1;
        };
    long before = k.clock.nanos();
    k.print("12345");
    assertThat(k.board.consoleText()).isEqualTo("12345");
    assertThat(k.clock.nanos() - before).isEqualTo(ENTRY_NANOS + 3 * 86_806 + DELAY_NANOS);
  }

  @Test
  void aConsoleThatNeverTakesAByteEndsTheRun() {
    TestKernel k = TestKernel.ready();
    k.board.consoleRoom = 0;
    k.hasDeadline = false;
    k.print("x");
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.KernelCrash.class,
            crash -> assertThat(crash.rule()).isEqualTo(Rule.CONSOLE_STUCK));
    assertThat(k.brokenRules()).containsExactly(Rule.CONSOLE_STUCK);
  }

  @Test
  void deadlinesThatNeverMakeRoomEndTheRunToo() {
    TestKernel k = TestKernel.ready();
    k.board.consoleRoom = 0;
    k.call(14);
    assertThat(k.end()).isInstanceOf(EndOfRun.KernelCrash.class);
    k = TestKernel.ready();
    k.board.consoleRoom = 0;
    k.call(13, 0, 0);
    assertThat(k.end()).isInstanceOf(EndOfRun.KernelCrash.class);
  }

  @Test
  void quitClearsTheTerminalSaysGoodByeAndResetsByTheWatchdog() {
    TestKernel k = TestKernel.ready();
    k.call(14);
    assertThat(k.end()).isEqualTo(new EndOfRun.Quit(new Tid(1)));
    assertThat(k.board.consoleText()).isEqualTo("\033[2JBYE-BYE\r\n");
    assertThat(k.board.writes).endsWith("fe100024=5a000001", "fe10001c=5a000020");
  }

  @Test
  void sysHealthGivesIdleHundredthsOfAPercentSinceTheLastCall() {
    TestKernel k = TestKernel.ready();
    k.clock.advanceTo(1_000_000 - ENTRY_NANOS);
    health(k);
    k.await(97 << 16);
    k.clock.advanceTo(1_750_000);
    k.board.pending.add(97);
    k.interrupt();
    k.clock.advanceTo(2_000_000 - ENTRY_NANOS);
    assertThat(health(k)).isEqualTo(7_500);
    k.clock.advanceTo(3_000_000);
    assertThat(health(k)).as("nothing idle since").isZero();
  }

  @Test
  void sysHealthGivesZeroWhenNoTimeHasPassed() {
    TestKernel k = TestKernel.ready();
    assertThat(health(k)).isZero();
    assertThat(health(k)).isZero();
  }

  private static int health(TestKernel k) {
    long target = k.scratch() + 0x30;
    k.memory.putLong(target, -1);
    assertThat(k.call(10, target).result()).isZero();
    assertThat(k.memory.getInt(target + 4)).as("only four bytes are written").isEqualTo(-1);
    return k.memory.getInt(target);
  }
}
