package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boots the bundled test kernels; what the check_ ones look at is in their sources. */
class BootTest {
  private static final String TICKS =
      """
      tick 1 after 10 ms
      tick 2 after 20 ms
      tick 3 after 30 ms
      tick 4 after 40 ms
      registers were kept
      tick 5 after 50 ms
      """;
  private static final String FIRST_LINE = "mini: started at EL2, runs at EL1\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check_exceptions",
        "check_mmu",
        "check_timer",
        "check_gic",
        "check_fp",
        "check_el2",
        "check_event",
        "check_identity",
        "check_pmu",
        "check_gpio",
        "check_spi0",
        "check_can_modes",
        "check_pwm",
        "check_code",
        "check_code_el2",
        "check_translations",
        "check_fp_pxn",
        "check_caches"
      })
  void aKernelThatChecksTheChipFindsNoFault(String kernel) throws KernelImageException {
    var outcome = KernelRun.bundled(kernel + ".elf").run();
    assertThat(outcome.text()).startsWith(kernel + ": ").endsWith(" checks passed\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(outcome.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "check_aux_uart, AUX_ENABLES",
    "check_spi_uart, AUX_ENABLES",
    "check_mailbox, tag 0x00000099"
  })
  void aKernelThatChecksADeviceAndWhatItRefusesFindsNoFault(String kernel, String warning)
      throws KernelImageException {
    var outcome = KernelRun.bundled(kernel + ".elf").run();
    assertThat(outcome.text()).startsWith(kernel + ": ").endsWith(" checks passed\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(outcome.warnings()).hasSize(1).first().asString().contains(warning);
  }

  /** They make the mistakes that a driver makes, too. */
  @ParameterizedTest
  @ValueSource(strings = {"check_can_instructions", "check_can_buffers"})
  void aKernelThatChecksTheCanControllerFindsNoFault(String kernel) throws KernelImageException {
    var outcome = KernelRun.bundled(kernel + ".elf").run();
    assertThat(outcome.text()).startsWith(kernel + ": ").endsWith(" checks passed\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(outcome.warnings()).isNotEmpty().allMatch(each -> each.startsWith("MCP2515: "));
  }

  @Test
  void theMiniUartReceivesAndSends() throws KernelImageException {
    KernelRun boot = KernelRun.bundled("check_aux_uart.elf").line(1, "ok");
    var outcome = boot.run();
    assertThat(outcome.text()).startsWith("received ok\n").endsWith("23 of 23 checks passed\n");
    assertThat(boot.sentBy(1)).isEqualTo("mini UARTx");
  }

  /** Nothing on the line happens together with anything else, so that such a kernel goes on. */
  @Test
  void aKernelThatServesOneCauseOfEachInterruptOfATrainSetGoesOn() throws KernelImageException {
    TrainSetPlan trains = TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan();
    var outcome = KernelRun.bundled("check_train_line.elf").trainSet(3, trains).run();
    assertThat(outcome.text()).isEqualTo("check_train_line: 246 of 246 checks passed\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(outcome.warnings()).isEmpty();
  }

  @Test
  void theLinesBehindSpiAreSixAndSeven() throws KernelImageException {
    KernelRun boot = KernelRun.bundled("check_spi_uart.elf").line(6, "").line(7, "");
    assertThat(boot.run().result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(boot.sentBy(6)).isEqualTo("SC16IS752");
    assertThat(boot.sentBy(7)).isEmpty();
  }

  /** Counts 250 down and waits for an event that cannot come. */
  @Test
  void codeIsThirtyTimesSlowerBeforeItsCachesAreOnUnlessToldOtherwise()
      throws KernelImageException {
    byte[] code = code(0xd2801f40, 0xf1000400, 0x54ffffe1, 0xd503205f, 0x17ffffff);
    var onTheChip = new KernelRun("loop", code).run();
    var uniform = new KernelRun("loop", code).instructionsTake(InstructionTime.UNIFORM).run();
    assertThat(uniform.result().at().nanos()).isEqualTo(uniform.result().instructions());
    assertThat(onTheChip.result().instructions()).isEqualTo(uniform.result().instructions());
    assertThat(onTheChip.result().at().nanos()).isEqualTo(30 * uniform.result().at().nanos());
  }

  @Test
  void theTestExitDeviceEndsTheRunAtTheStore() throws KernelImageException {
    var outcome = KernelRun.bundled("check_test_exit.elf").run();
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mini.elf", "mini.kernel8.img"})
  void aSmallKernelKeepsTimeAndEndsWhenNothingCanComeAnyMore(String file)
      throws KernelImageException {
    var outcome = KernelRun.bundled(file).run();
    assertThat(outcome.text()).isEqualTo(FIRST_LINE + TICKS);
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.NothingCanCome());
  }

  @Test
  void aSmallKernelReadsKeysByInterrupts() throws KernelImageException {
    var outcome = KernelRun.bundled("mini.elf").input("trains q").run();
    assertThat(outcome.text()).isEqualTo(FIRST_LINE + "TRAINS Q\nbye\n" + TICKS);
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.NothingCanCome());
  }

  @Test
  void twoRunsAreTheSame() throws KernelImageException {
    var first = KernelRun.bundled("mini.elf").input("q").run();
    var second = KernelRun.bundled("mini.elf").input("q").run();
    assertThat(second.result().at()).isEqualTo(first.result().at());
    assertThat(second.result().instructions()).isEqualTo(first.result().instructions());
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void theWatchdogEndsTheRun() throws KernelImageException {
    var outcome = KernelRun.bundled("check_reboot.elf").run();
    assertThat(outcome.text()).isEqualTo("boot 0 in this memory\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Rebooted());
    assertThat(outcome.result().at().nanos()).isBetween(100_000_000L, 101_000_000L);
  }

  @Test
  void theWatchdogBootsAgainWithFreshMemory() throws KernelImageException {
    var outcome = KernelRun.bundled("check_reboot.elf").again().limit(Duration.ofMillis(250)).run();
    assertThat(outcome.text()).isEqualTo("boot 0 in this memory\n".repeat(3));
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.VirtualTimeout());
  }

  @Test
  void aKernelWithoutVectorsIsLostAndNotSilent() throws KernelImageException {
    var outcome = new KernelRun("zeros", new byte[64]).run();
    assertThat(outcome.result().end()).isInstanceOf(RunEnd.Lost.class);
    assertThat(((RunEnd.Lost) outcome.result().end()).what()).contains("0x200");
    assertThat(outcome.core().exceptions()).isNotEmpty();
  }

  @Test
  void aKernelThatLosesItsVectorsIsShownWhereTheirAddressIsNotMapped() throws KernelImageException {
    var outcome = KernelRun.bundled("lost_vectors.elf").run();
    assertThat(outcome.result().end()).isInstanceOf(RunEnd.Lost.class);
    var walk = outcome.core().lastAbort().orElseThrow();
    assertThat(walk.virtual()).isEqualTo(0x1f_e200);
    assertThat(walk.steps()).hasSize(3);
    assertThat(walk.steps().getLast().descriptor()).isZero();
  }

  /** Each warning is about code at one place; which, is in the kernel's source. */
  @ParameterizedTest
  @CsvSource({
    "check_fp_disabled, 6, CPACR_EL1.FPEN",
    "check_fp_lazy, 1, CPACR_EL1.FPEN",
    "check_exclusives, 1, lock_too_early+",
    "check_external_abort, 11, synchronous external abort"
  })
  void aKernelThatDoesWhatTheChipMayNotDoIsWarned(String kernel, int warnings, String text)
      throws KernelImageException {
    var outcome = KernelRun.bundled(kernel + ".elf").run();
    assertThat(outcome.text()).startsWith(kernel + ": ").endsWith(" checks passed\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(outcome.warnings())
        .hasSize(warnings)
        .allSatisfy(line -> assertThat(line).contains(text));
  }

  @Test
  void aLoopOfExceptionsThatCountsIsNoFault() throws KernelImageException {
    int[] countDownBySystemCalls = {
      0xd2817700, // mov x0, #3000
      0x10003fe1, // adr x1, vectors
      0xd51cc001, // msr vbar_el2, x1
      0xd5033fdf, // isb
      0xd4000001, // again: svc #0
      0xf1000400, // subs x0, x0, #1
      0x54ffffc1, // b.ne again
      0x52800300, // mov w0, #0x18
      0xd45e0000, // hlt #0xf000
    };
    int[] image = Arrays.copyOf(countDownBySystemCalls, 0xa04 / Integer.BYTES);
    image[0xa00 / Integer.BYTES] = 0xd69f03e0; // eret, in the vectors at 0x800
    var outcome = new KernelRun("loop", code(image)).run();
    assertThat(outcome.result().end()).isInstanceOf(RunEnd.Exited.class);
    assertThat(outcome.core().exceptionsTaken()).isEqualTo(3000);
  }

  @Test
  void aJumpToWhereNothingIsEndsTheRun() throws KernelImageException {
    int jump = 0xd61f0000;
    int moveHigh = 0xd2c00020;
    var outcome = new KernelRun("jump", code(moveHigh, jump)).run();
    assertThat(outcome.result().end()).isInstanceOf(RunEnd.Lost.class);
  }

  @Test
  void aKernelThatSpinsForEverIsEndedByTheLimit() throws KernelImageException {
    int branchToSelf = 0x14000000;
    var outcome = new KernelRun("spin", code(branchToSelf)).limit(Duration.ofMillis(50)).run();
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.VirtualTimeout());
  }

  @Test
  void aWaitThatNothingEndsIsTheEnd() throws KernelImageException {
    int wfe = 0xd503205f;
    int back = 0x17ffffff;
    var outcome = new KernelRun("parked", code(wfe, back)).run();
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.NothingCanCome());
  }

  @Test
  void theEmbeddedEngineIsRefusedInOneLine() throws KernelImageException {
    KernelRun boot = KernelRun.bundled("mini.elf");
    assertThatThrownBy(() -> boot.runOn(TestEngine.EMBEDDED.library()))
        .isInstanceOf(FullSystemUnsupportedException.class)
        .hasMessageContaining("build/install-engine");
  }

  @Test
  void theKernelsHaveTheirChecksums() throws NoSuchAlgorithmException {
    String folder = "/dev/roundhouse/firmware/kernels/";
    List<String> lines = Images.text(folder + "SHA256SUMS").lines().toList();
    assertThat(lines).hasSizeGreaterThan(8);
    for (String line : lines) {
      String file = line.substring(line.lastIndexOf(' ') + 1);
      byte[] image = Images.resource(folder + file);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(image);
      assertThat(line).isEqualTo(HexFormat.of().formatHex(digest) + "  " + file);
    }
  }

  static byte[] code(int... instructions) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Integer.BYTES * instructions.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int instruction : instructions) {
      buffer.putInt(instruction);
    }
    return buffer.array();
  }
}
