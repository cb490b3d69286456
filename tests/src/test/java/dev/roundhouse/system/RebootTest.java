package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.run.RunEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Kernels that reboot while the board is at work. */
class RebootTest {
  /**
   * Opens UART0, sends {@code <} and echoes what it receives; at {@code r} it sends {@code >} and
   * has the watchdog reboot at once.
   */
  private static final int[] ECHO_UNTIL_REBOOT = {
    0x58000481, 0xb900303f, 0x52800342, 0xb9002422, 0x52800062, 0xb9002822, 0x52800e02, 0xb9002c22,
    0x18000322, 0xb9003022, 0x52800789, 0x94000009, 0xb9401822, 0x3727ffe2, 0xb9400029, 0x12001d29,
    0x7101c93f, 0x540000e0, 0x94000002, 0x17fffff9, 0xb9401822, 0x372fffe2, 0xb9000029, 0xd65f03c0,
    0x528007c9, 0x97fffffb, 0x58000183, 0x180000e4, 0xb9000064, 0x58000163, 0x180000a4, 0xb9000064,
    0x14000000, 0x00000301, 0x5a000000, 0x5a000020, 0xfe201000, 0x00000000, 0xfe100024, 0x00000000,
    0xfe10001c, 0x00000000
  };

  /**
   * Asks the mailbox something in the eleventh microsecond and has the watchdog reboot at once;
   * later than that, waits until the hundredth and then for an interrupt.
   */
  private static final int[] REBOOT_BEFORE_THE_ANSWER = {
    0x58000345, 0xb94000a6, 0x710028df, 0x540001c2, 0xb94000a6, 0x710028df, 0x54ffffc3, 0x580002a1,
    0x180001c2, 0xb9000022, 0x58000283, 0x18000184, 0xb9000064, 0x58000263, 0x18000144, 0xb9000064,
    0x14000000, 0xb94000a6, 0x710190df, 0x54ffffc3, 0xd503207f, 0x17ffffff, 0x00100008, 0x5a000000,
    0x5a000020, 0x00000000, 0xfe003004, 0x00000000, 0xfe00b8a0, 0x00000000, 0xfe100024, 0x00000000,
    0xfe10001c, 0x00000000
  };

  private static final int[] REBOOT_EACH_MILLISECOND = {
    0x58000183,
    0x18000104,
    0x18000105,
    0xb9000864,
    0x52800026,
    0x2a061884,
    0xb9000864,
    0xb9000065,
    0x14000000,
    0x5a000000,
    0x5a000020,
    0x00000000,
    0xfe10001c,
    0x00000000
  };

  private static KernelRun boot(int[] code) throws KernelImageException {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * code.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(code);
    return new KernelRun("reboot", bytes.array()).again().limit(Duration.ofMillis(200));
  }

  /** The byte that is on the wire at that moment is lost, and so is the one to be sent. */
  @Test
  void afterARebootEachByteArrives() throws KernelImageException {
    var outcome = boot(ECHO_UNTIL_REBOOT).input("abr0123456789ABCDEFGHIJ").run();
    assertThat(outcome.text()).isEqualTo("<ab<123456789ABCDEFGHIJ");
    assertThat(outcome.warnings()).isEmpty();
  }

  @Test
  void theSecondRebootIsAsTheFirst() throws KernelImageException {
    var outcome = boot(ECHO_UNTIL_REBOOT).input("ar.br.cr.d").run();
    assertThat(outcome.text()).isEqualTo("<a<b<c<d");
  }

  @Test
  void anAnswerOfTheMailboxThatIsOnItsWayIsGone() throws KernelImageException {
    var outcome = boot(REBOOT_BEFORE_THE_ANSWER).run();
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.NothingCanCome());
    assertThat(outcome.result().at().nanos()).isBetween(100_000L, 200_000L);
  }

  @Test
  void aKernelMayRebootWithoutEnd() throws KernelImageException {
    var outcome = boot(REBOOT_EACH_MILLISECOND).limit(Duration.ofMillis(30)).run();
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.VirtualTimeout());
    assertThat(outcome.result().at().nanos()).isEqualTo(30_000_000);
  }
}
