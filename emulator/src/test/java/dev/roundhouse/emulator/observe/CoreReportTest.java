package dev.roundhouse.emulator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.CoreState.Named;
import dev.roundhouse.emulator.cpu.CoreState.TakenException;
import dev.roundhouse.emulator.cpu.CoreState.Walk;
import dev.roundhouse.emulator.cpu.CoreState.WalkStep;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoreReportTest {
  private static String report(TakenException... exceptions) {
    var core =
        new CoreState(
            Collections.nCopies(31, 7L),
            0x9000,
            0x8_0010,
            0x3c5,
            List.of(new Named("VBAR_EL1", 0x8_0800), new Named("FAR_EL2", 0)),
            List.of(exceptions),
            exceptions.length,
            Optional.of(
                new Walk(
                    0x1f_e008,
                    List.of(
                        new WalkStep(1, 0x8_1000, 0x8_2003),
                        new WalkStep(2, 0x8_2000, 0x8_3003),
                        new WalkStep(3, 0x8_3ff0, 0)))));
    return CoreReport.of(core, Symbols.NONE, (address, into) -> 0);
  }

  @Test
  void itTellsLevelPlaceAndRegisters() {
    assertThat(report())
        .contains("at EL1, pc 0x80010", "sp 0x9000", "x30 0x0000000000000007", "VBAR_EL1  0x80800")
        .doesNotContain("FAR_EL2");
  }

  @Test
  void itPutsSyndromesIntoWords() {
    assertThat(report(new TakenException(0x9600_0047, 0x80010, 0x1fe008, 1)))
        .contains("store to 0x1fe008: nothing mapped, level 3, at 0x80010, to EL1");
    assertThat(report(new TakenException(0x8600_000d, 0x80200, 0x80200, 1)))
        .contains("fetch from 0x80200: no permission, level 1");
    assertThat(report(new TakenException(0x5600_0007, 0x80010, 0, 1))).contains("svc #7");
  }

  @Test
  void itShowsHowTheLastAddressIsTranslated() {
    assertThat(report())
        .contains(
            "translation of 0x1fe008",
            "level 1, at 0x81000: 0x0000000000082003 table at 0x82000",
            "level 3, at 0x83ff0: 0x0000000000000000 nothing mapped");
  }

  @Test
  void itSaysOnceWhatIsRepeated() {
    var undefined = new TakenException(0x0200_0000, 0x200, 0, 2);
    assertThat(report(undefined, undefined, undefined))
        .contains("undefined instruction, at 0x200, to EL2")
        .containsOnlyOnce("and more of the same");
  }

  @Test
  void itsLinesAreNotTooLong() {
    report(new TakenException(0x9600_0047, -1, -1, 1))
        .lines()
        .forEach(line -> assertThat(line.strip().length()).isLessThanOrEqualTo(100));
  }
}
