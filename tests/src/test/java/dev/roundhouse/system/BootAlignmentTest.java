package dev.roundhouse.system;

import static dev.roundhouse.system.BootTest.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.run.RunEnd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boots kernels that access memory unaligned; what they look at is in their sources. */
class BootAlignmentTest {
  @BeforeEach
  void theHostHasTheMachineCode() {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "alignment is modelled on x86-64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check_alignment", "check_alignment_el2"})
  void unalignedAccessesFaultWhereTheyDoOnTheChip(String kernel) throws KernelImageException {
    var outcome = KernelRun.bundled(kernel + ".elf").run();
    assertThat(outcome.text()).startsWith(kernel + ": ").endsWith(" checks passed\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(outcome.warnings()).anyMatch(line -> line.contains("alignment fault"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check_stack_alignment", "check_stack_alignment_el2"})
  void aMisalignedStackPointerFaultsWhereItIsUsed(String kernel) throws KernelImageException {
    var outcome = KernelRun.bundled(kernel + ".elf").run();
    assertThat(outcome.text()).startsWith(kernel + ": ").endsWith(" checks passed\n");
    assertThat(outcome.result().end()).isEqualTo(new RunEnd.Exited(0));
    assertThat(outcome.warnings()).isEmpty();
  }

  @Test
  void anUnalignedLoadWithTheMmuOffIsNamed() throws KernelImageException {
    int moveHigh = 0xd2a00129; // movz x9, #9, lsl #16
    int addOne = 0x91000529; // add x9, x9, #1
    int load = 0xf940012a; // ldr x10, [x9]
    var outcome = new KernelRun("unaligned", code(moveHigh, addOne, load)).run();
    assertThat(outcome.result().end()).isInstanceOf(RunEnd.Lost.class);
    assertThat(outcome.warnings())
        .satisfiesExactly(
            cause ->
                assertThat(cause).contains("0x80008", "0x90001", "MMU is off", "alignment fault"),
            vectors -> assertThat(vectors).contains("no exception vectors", "VBAR_EL2"));
    var fault = outcome.core().exceptions().getFirst();
    assertThat(fault.syndrome()).isEqualTo(0x9600_0021);
    assertThat(fault.pc()).isEqualTo(0x8_0008);
    assertThat(fault.address()).isEqualTo(0x9_0001);
    assertThat(fault.level()).isEqualTo(2);
  }

  @Test
  void twoRunsAreTheSame() throws KernelImageException {
    var first = KernelRun.bundled("check_alignment.elf").run();
    var second = KernelRun.bundled("check_alignment.elf").run();
    assertThat(second.result().at()).isEqualTo(first.result().at());
    assertThat(second.result().instructions()).isEqualTo(first.result().instructions());
    assertThat(second.core().exceptionsTaken()).isEqualTo(first.core().exceptionsTaken());
  }
}
