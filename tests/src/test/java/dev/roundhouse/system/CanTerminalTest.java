package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.run.RunEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One kernel with two drivers of the CAN controller, by interrupts and polled. */
class CanTerminalTest {
  @ParameterizedTest
  @ValueSource(strings = {"can_terminal.elf", "can_terminal_polled.elf"})
  void aDriverGivesUpWhatNobodyAcknowledges(String file) throws KernelImageException {
    KernelRun.Outcome outcome = KernelRun.bundled(file).input("tr 14 10\rwait 1\rq\r").run();
    assertThat(outcome.result().end()).isInstanceOf(RunEnd.Rebooted.class);
    assertThat(outcome.text())
        .contains("the station does not answer", "> tr 14 10")
        .endsWith("0 times frames were lost\r\n");
    assertThat(outcome.warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains("no station of the CAN bus acknowledges frames", "rest");
  }
}
