package dev.roundhouse.devices.train.box;

import static dev.roundhouse.devices.train.box.BoxBench.FRAME;
import static dev.roundhouse.devices.train.box.BoxBench.HEARD;
import static dev.roundhouse.devices.train.box.BoxBench.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorReadingTest {
  private static final long MODULE = BoxTiming.STEADY.module();

  private final BoxBench bench = BoxBench.steady();

  private List<Integer> read(int command) {
    bench.answered.clear();
    bench.send(command);
    bench.advance(500 * MILLI);
    return bench.answer();
  }

  @ParameterizedTest
  @CsvSource({"129, 2", "133, 10", "159, 62"})
  void readingTheFirstModulesGivesTwoBytesEach(int command, int bytes) {
    assertThat(read(command)).hasSize(bytes).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({"193, 1", "197, 5", "223, 31"})
  void readingOneModuleGivesItsTwoBytes(int command, int module) {
    bench.modules.pulse(module, 1);
    assertThat(read(command)).containsExactly(0x80, 0);
  }

  @Test
  void theMostSignificantBitIsContact1AndContact9() {
    bench.modules.pulse(1, 1);
    bench.modules.pulse(1, 8);
    bench.modules.pulse(1, 9);
    bench.modules.pulse(1, 16);
    assertThat(read(193)).containsExactly(0x81, 0x81);
  }

  @Test
  void banksAToEAreModules1To5InOrder() {
    bench.modules.pulse(1, 3);
    bench.modules.pulse(3, 13);
    bench.modules.pulse(5, 16);
    assertThat(read(133)).containsExactly(0x20, 0, 0, 0, 0, 0x08, 0, 0, 0, 0x01);
  }

  @Test
  void aContactStaysLatchedUntilItIsReadInResetMode() {
    bench.send(128);
    bench.modules.pulse(2, 4);
    assertThat(read(194)).containsExactly(0x10, 0);
    assertThat(read(194)).containsExactly(0x10, 0);
    bench.send(192);
    assertThat(read(194)).containsExactly(0x10, 0);
    assertThat(read(194)).containsExactly(0, 0);
  }

  @Test
  void readingOneModuleDoesNotClearTheOthers() {
    bench.modules.pulse(1, 1);
    bench.modules.pulse(2, 1);
    read(193);
    assertThat(read(194)).containsExactly(0x80, 0);
  }

  @Test
  void aContactThatIsStillClosedIsSeenAgain() {
    bench.modules.close(1, 1);
    assertThat(read(193)).containsExactly(0x80, 0);
    assertThat(read(193)).containsExactly(0x80, 0);
    bench.modules.open(1, 1);
    assertThat(read(193)).containsExactly(0x80, 0);
    assertThat(read(193)).containsExactly(0, 0);
  }

  @Test
  void readsAreAnsweredWhileStopped() {
    bench.send(97);
    bench.modules.pulse(1, 1);
    assertThat(read(193)).containsExactly(0x80, 0);
  }

  @Test
  void eachByteComesAtItsTime() {
    bench.send(194);
    long commandEnd = bench.clock.nanos();
    bench.advance(100 * MILLI);
    assertThat(bench.answered)
        .extracting(BoxBench.Timed::nanos)
        .containsExactly(commandEnd + MODULE + HEARD, commandEnd + MODULE + FRAME + HEARD);
  }

  @Test
  void eachModuleOfALongReadAddsItsOwnTime() {
    bench.send(133);
    long commandEnd = bench.clock.nanos();
    bench.advance(100 * MILLI);
    for (int module = 0; module < 5; module++) {
      long before = commandEnd + module * (MODULE + 2 * FRAME) + MODULE;
      assertThat(bench.answered.get(2 * module).nanos()).isEqualTo(before + HEARD);
      assertThat(bench.answered.get(2 * module + 1).nanos()).isEqualTo(before + FRAME + HEARD);
    }
  }

  @Test
  void aReadOfFiveModulesTakesAsLongAsOnTheRealBox() {
    long start = bench.clock.nanos();
    bench.send(133);
    bench.advance(100 * MILLI);
    assertThat(bench.answered.getLast().nanos() - start).isCloseTo(69_660_000, within(10_000L));
  }

  @Test
  void itVariesAsOnTheRealBox() {
    BoxBench jittery = new BoxBench(BoxTiming.MEASURED, 42);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < 665; i++) {
      long start = jittery.clock.nanos();
      jittery.send(133);
      jittery.advance(100 * MILLI);
      millis.add((jittery.answered.getLast().nanos() - start) / 1e6);
    }
    double mean = millis.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double variance =
        millis.stream().mapToDouble(m -> (m - mean) * (m - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(69.66, within(0.3));
    assertThat(Math.sqrt(variance)).isCloseTo(1.7, within(0.2));
  }

  @Test
  void contactsAreTakenWhenTheirModuleIsShiftedIn() {
    bench.send(133);
    bench.advance(MODULE + 1);
    bench.modules.pulse(1, 1);
    bench.modules.pulse(2, 1);
    bench.advance(100 * MILLI);
    assertThat(bench.answer()).containsExactly(0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0);
    assertThat(read(193)).containsExactly(0x80, 0);
  }

  @Test
  void pullingTheCableBreaksAnAnswerOff() {
    bench.send(133);
    bench.advance(20 * MILLI);
    bench.box.setState(MarklinBox.State.UNPLUGGED);
    int heard = bench.answered.size();
    bench.advance(100 * MILLI);
    assertThat(bench.answered).hasSize(heard);
  }

  @Test
  void anAnswerUnderWayCountsAsInputThatMayCome() {
    assertThat(bench.box.inputEnded()).isTrue();
    bench.send(133);
    assertThat(bench.box.inputEnded()).isFalse();
    bench.advance(100 * MILLI);
    assertThat(bench.box.inputEnded()).isTrue();
  }
}
