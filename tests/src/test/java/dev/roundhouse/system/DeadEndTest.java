package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.machine.HandOver;
import dev.roundhouse.emulator.run.RunEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that come to nothing, and the line that says why. */
class DeadEndTest {
  private static final Duration LIMIT = Duration.ofMillis(5);

  /** A string of what a C function writes to UART0 without setting it up, as U-Boot lets it. */
  private static final String FOR_U_BOOT =
      "d10043ff 52800d00 b90003e0 d2bfc401 f2820001 b94003e0 b9000020 52800000 910043ff d65f03c0";

  /** Words in hexadecimal; {@code @800} goes on at that offset. */
  private static KernelRun kernel(String words) throws KernelImageException {
    ByteBuffer image = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);
    for (String word : words.split(" ", -1)) {
      if (word.startsWith("@")) {
        image.position(Integer.parseInt(word, 1, word.length(), 16));
      } else {
        image.putInt(Integer.parseUnsignedInt(word, 16));
      }
    }
    return new KernelRun("kernel8.img", image.array()).limit(LIMIT);
  }

  private static List<String> said(KernelRun.Outcome outcome) {
    List<String> all = new ArrayList<>(outcome.warnings());
    outcome.report().stream().filter(line -> line.startsWith("  hint: ")).forEach(all::add);
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          d2bfc401 f282c001 52800d02 b9000022 d503207f 17ffffff | UART3: a byte written while the UART is not enabled does not leave
          d2bfc421 f28a0001 52800022 b9000422 b900603f b9004022 d503207f 17ffffff | set bit 1 of AUX_MU_CNTL
          d2bfc421 f28a0001 52800022 b9004022 d503207f 17ffffff | its unit is not enabled in AUX_ENABLES
          d2bfc401 f2820001 b9401820 3727ffe0 b9400020 17fffffd | the kernel polls UART0 + 0x18, which is not enabled
          580000c1 52806022 b9003022 d2800001 d503207f 17ffffff 3f201000 | 0x3f201000, the UART0 of a Raspberry Pi 2 or 3; that is RAM on a Raspberry Pi 4, where it is at 0xfe201000
          d2a7e401 f2820001 b9401820 3707ffe0 17ffffff | 0x3f201000, the UART0 of a Raspberry Pi 2 or 3
          d2a40401 f2820001 b9401820 363fffe0 | 0x20201000, the UART0 of the first Raspberry Pi
          d2afc001 f2860001 b9400423 b9400420 6b03001f 54ffffc0 | 0x7e003000, the system timer of the VideoCore's bus
          58000080 d51e1100 14000000 00000000 00000431 00000000 | msr SCR_EL3: the kernel wants to start at EL3
          d2b88000 f2800060 d4000003 14000000 | smc: there is no firmware at EL3 that answers; PSCI CPU_ON: other cores never start
          d2b00001 d51c1101 d28078a1 d51c4001 10000061 d51c4021 d69f03e0 d51cc001 14000000 | msr of a register of EL2 at EL1
          10000140 d2801c01 f9000020 d5033f9f d503209f 58000162 b9400043 34ffffe3 d503207f 17ffffff 580000c2 52800023 b9000043 d503205f 17ffffff 00000000 00090048 | core 1 was to start at 0x80028 (spin table at 0xe0)
          d2bff001 b9009c21 d503207f 17ffffff | mailboxes: other cores never start here
          d10043ff 52800d00 b90003e0 d2bfc401 f2820001 b94003e0 b9000020 52800000 910043ff d65f03c0 | no stack: sp is 0xfffffffffffffff0 at EL2
          10004001 d51cc001 b26d03ff d2c00802 f9400043 14000000 @a00 d2c00824 a9000480 14000000 | double fault: an exception inside the exception vectors, which handled one from 0x80010
          10004001 d51cc001 d2c00802 f9400043 @a00 14000000 | the kernel stands still at 0x80a00 (b .), after: load from 0x4000000000
          d4200020 | no exception vectors are here (VBAR_EL2 is 0x0): set it before the first exception, which came at 0x80000
          d2820001 d63f0020 | no code is here, only zeros: a bad function pointer, or a return with a bad x30 (now 0x80008)
          10004001 d51cc001 d2800201 d51c1101 d2bfc001 f2860001 b9400422 11019042 b9001022 d50342ff d503207f 17ffffff | interrupt 97 (system timer, compare 1): it is not enabled: set bit 1 of GICD_ISENABLER3
          d2bff081 f2820001 52800042 b9010c22 52800023 39218423 d2bfc001 f2860001 b9400422 11019042 b9001022 d503207f 17ffffff | interrupt 97 (system timer, compare 1) waits, but PSTATE.I masks it
          d2bff081 f2820001 52800042 b9010c22 52800023 39218423 d2bfc001 f2860001 b9400422 11019042 b9001022 d50342ff d503207f 17ffffff | waits, but at EL2 it comes only with HCR_EL2.IMO
          10004001 d51cc001 d2800200 d51c1100 d2bff081 f2820001 52800042 b9010c22 52800023 39218423 d2bfc001 f2860001 b9400422 11019042 b9001022 d2bff084 f2840004 d50342ff 14000000 @a80 b9400c85 b9001085 d69f03e0 | interrupt 97 (system timer, compare 1) was ended 1000 times in a row and is asked for again each time
          10004001 d51cc001 d2800200 d51c1100 d2bff081 f2820001 52800042 b9010c22 52800023 39218423 d2bfc001 f2860001 b9400422 11019042 b9001022 d2bff084 f2840004 d50342ff 14000000 @a80 b9400c85 d69f03e0 | interrupt 97 (system timer, compare 1) was taken at
          10004001 d51cc001 d2800200 d51c1100 d2bff081 f2820001 52800042 b9010c22 52800023 39218423 d2bfc001 f2860001 b9400422 11019042 b9001022 d2bff084 f2840004 d50342ff 14000000 @a80 d69f03e0 | GICC_IAR
          d2bfc401 f282c001 52800342 b9002422 52800e02 b9002c22 52806022 b9003022 b9000022 d503207f 17ffffff | UART3 sends, but GPIO 4 is not its TXD3
          """)
  void aLineNamesTheCause(String words, String line) throws KernelImageException {
    assertThat(said(kernel(words).run())).anySatisfy(said -> assertThat(said).contains(line));
  }

  @Test
  void aKernelForUBootRunsAsUBootStartsItAndReturnsToIt() throws KernelImageException {
    var outcome = kernel(FOR_U_BOOT).startedBy(new HandOver(HandOver.By.U_BOOT, 0)).run();
    assertThat(outcome.text()).isEqualTo("h");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.NothingCanCome());
    assertThat(said(outcome)).isEmpty();
  }

  @Test
  void theFirstLineOfAReportIsTheEnd() throws KernelImageException {
    var outcome = kernel("14000000").run();
    assertThat(outcome.report())
        .startsWith(outcome.result().end().text())
        .anyMatch(line -> line.contains("stands still at 0x80000"));
  }

  @Test
  void aStackCanBeLent() throws KernelImageException {
    var outcome = kernel(FOR_U_BOOT).startedBy(new HandOver(HandOver.By.FIRMWARE, 0x20_0000)).run();
    assertThat(said(outcome))
        .anySatisfy(line -> assertThat(line).contains("UART0: a byte written while"))
        .noneSatisfy(line -> assertThat(line).contains("no stack"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mini", "messages", "train_terminal", "lost_vectors"})
  void nothingIsSaidOfAKernelThatDoesWhatItShould(String kernel) throws KernelImageException {
    var outcome = KernelRun.bundled(kernel + ".elf").limit(Duration.ofMillis(300)).run();
    assertThat(outcome.report()).noneMatch(line -> line.startsWith("  hint: "));
  }
}
