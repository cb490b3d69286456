package dev.roundhouse.devices.train.box;

import static dev.roundhouse.devices.train.box.BoxBench.FRAME;
import static dev.roundhouse.devices.train.box.BoxBench.HEARD;
import static dev.roundhouse.devices.train.box.BoxBench.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.train.box.BoxBench.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClearToSendTest {
  private final BoxBench bench = BoxBench.steady();

  @Test
  void aFrameOfElevenBitsTakes4583Microseconds() {
    assertThat(FRAME).isEqualTo(4_583_333);
  }

  @Test
  void clearToSendFallsInTheFirstStopBitOfEachByteAndRisesWhenTheBoxIsReady() {
    bench.send(10, 24);
    bench.advance(20 * MILLI);
    long low = BoxTiming.STEADY.notReady();
    long second = FRAME + low;
    assertThat(bench.clearToSend)
        .containsExactly(
            new Timed<>(HEARD, Signal.NEGATED),
            new Timed<>(second, Signal.ASSERTED),
            new Timed<>(second + HEARD, Signal.NEGATED),
            new Timed<>(second + FRAME + low, Signal.ASSERTED));
  }

  @Test
  void afterResetModeOnItRisesSoFastThatSlowDriversMissTheEdge() {
    bench.send(192);
    bench.advance(BoxTiming.STEADY.notReadyAfterReset());
    assertThat(bench.clearToSend)
        .extracting(Timed::nanos)
        .containsExactly(HEARD, FRAME + BoxTiming.STEADY.notReadyAfterReset());
  }

  @Test
  void anEarly6050IsClearAgainOnlyAfterTheSecondByteWhichItTakesMeanwhile() {
    BoxTiming steady = BoxTiming.STEADY;
    BoxTiming timing =
        new BoxTiming(
            steady.notReady(),
            0,
            steady.notReadyAfterReset(),
            steady.module(),
            0,
            BoxTiming.Clears.AFTER_COMMAND);
    BoxBench early = new BoxBench(timing, 1);
    early.send(96);
    early.send(10);
    early.advance(100 * MILLI);
    assertThat(early.isClear()).isFalse();
    assertThat(early.box.takesFrameWhileNotClear()).isTrue();
    assertThat(early.box.clearToSendMayChange()).isFalse();
    early.sendNow(24);
    early.advance(steady.notReady());
    assertThat(early.isClear()).isTrue();
    assertThat(early.acts).containsExactly("power ON", "speed 24 10 OFF");
    assertThat(early.warnings).isEmpty();
  }

  @Test
  void whatComesToAnEarly6050BeforeItIsReadyIsLost() {
    BoxTiming slow = new BoxTiming(20 * MILLI, 0, MILLI, MILLI, 0, BoxTiming.Clears.AFTER_COMMAND);
    BoxBench early = new BoxBench(slow, 1);
    early.sendNow(10);
    early.sendNow(24);
    assertThat(early.acts).isEmpty();
    assertThat(early.warnings).containsExactly("sent while not clear: byte 24 is lost");
  }

  @Test
  void asAnAddress192IsAByteLikeAnyOther() {
    bench.send(33, 192);
    bench.advance(BoxTiming.STEADY.notReady() - 1);
    assertThat(bench.isClear()).isFalse();
    bench.advance(1);
    assertThat(bench.isClear()).isTrue();
  }

  @Test
  void whatIsSentBackToBackWithoutLookingIsLost() {
    bench.sendNow(97);
    bench.sendNow(96);
    assertThat(bench.acts).containsExactly("power OFF");
    assertThat(bench.warnings).containsExactly("sent while not clear: byte 96 is lost");
  }

  @Test
  void aByteThatBeganTooSoonAndEndsInTimeIsTakenAndReported() {
    bench.sendNow(97);
    bench.advance(3 * MILLI);
    bench.sendNow(96);
    assertThat(bench.acts).containsExactly("power OFF", "power ON");
    assertThat(bench.warnings).singleElement().asString().contains("arrives only just");
  }

  @Test
  void clientsThatLeave10MillisecondsBetweenBytesLoseNothing() {
    for (int i = 0; i < 50; i++) {
      bench.sendNow(96);
      bench.advance(10 * MILLI);
    }
    assertThat(bench.acts).hasSize(50);
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void theBoxIsNotClearUntilItsAnswerHasGone() {
    bench.send(133);
    while (bench.answered.size() < 10) {
      assertThat(bench.isClear()).isFalse();
      bench.advance(MILLI / 10);
    }
    assertThat(bench.isClear()).isFalse();
    bench.advance(MILLI);
    assertThat(bench.isClear()).isTrue();
    bench.sendNow(96);
    assertThat(bench.acts).containsExactly("power ON");
    assertThat(bench.warnings).isEmpty();
  }

  /** A receiver samples the middle of the first stop bit, and a second one follows. */
  @Test
  void itRisesLaterThanTheLastByteOfAnAnswerIsRead() {
    bench.send(133);
    bench.advance(100 * MILLI);
    long read = bench.answered.getLast().nanos();
    long ended = read + FRAME - HEARD;
    assertThat(FRAME - HEARD).isEqualTo(625_000);
    assertThat(bench.begun).hasSize(10).last().isEqualTo(read - HEARD);
    assertThat(bench.clearToSend.getLast())
        .isEqualTo(new Timed<>(ended + BoxTiming.STEADY.notReadyAfterReset(), Signal.ASSERTED));
  }

  /** A box that is the fastest there can be, too. */
  @Test
  void nothingOnItsLinesHappensAtTheSameTime() {
    for (BoxTiming timing :
        List.of(
            BoxTiming.MEASURED,
            new BoxTiming(1000, 0, 1000, 1000, 0, BoxTiming.Clears.AFTER_BYTE))) {
      BoxBench any = new BoxBench(timing, 7);
      any.send(192, 10, 24, 129, 33, 153, 32, 133, 194, 10, 58);
      any.advance(100 * MILLI);
      List<Long> times = new ArrayList<>();
      any.answered.forEach(byteRead -> times.add(byteRead.nanos()));
      any.clearToSend.forEach(change -> times.add(change.nanos()));
      assertThat(times).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsSentDuringAnAnswerIsLost() {
    bench.send(133);
    bench.advance(30 * MILLI);
    bench.sendNow(97);
    bench.advance(100 * MILLI);
    assertThat(bench.acts).isEmpty();
    assertThat(bench.answered).hasSize(10);
    assertThat(bench.warnings).containsExactly("sent during answer: byte 97 is lost");
  }

  @Test
  void commandsBetweenReadsDelayThemBy10MillisecondsOrMore() {
    bench.send(10, 24, 133);
    long withCommand = bench.clock.nanos();
    BoxBench other = BoxBench.steady();
    other.send(133);
    assertThat(withCommand - other.clock.nanos()).isGreaterThan(10 * MILLI);
  }

  @Test
  void theTimeUntilTheBoxIsReadyVariesByTheSeedAndWithinItsBounds() {
    List<Long> first = lowTimes(7);
    assertThat(lowTimes(7)).isEqualTo(first);
    assertThat(lowTimes(8)).isNotEqualTo(first);
    assertThat(first)
        .doesNotHaveDuplicates()
        .allSatisfy(low -> {
          assertThat(low).isBetween(5_583_333L, 7_583_333L);
        });
  }

  /** From the end of each frame on. */
  private static List<Long> lowTimes(long seed) {
    BoxBench jittery = new BoxBench(BoxTiming.MEASURED, seed);
    IntStream.range(0, 50).forEach(i -> jittery.send(96));
    jittery.advance(20 * MILLI);
    return IntStream.range(0, 50)
        .mapToObj(i ->
            jittery.clearToSend.get(2 * i + 1).nanos()
                - jittery.clearToSend.get(2 * i).nanos()
                - (FRAME - HEARD))
        .toList();
  }

  @Test
  void clearToSendMayChangeOnlyWhileTheBoxIsBusy() {
    assertThat(bench.box.clearToSendMayChange()).isFalse();
    bench.send(96);
    assertThat(bench.box.clearToSendMayChange()).isTrue();
    bench.advance(20 * MILLI);
    assertThat(bench.box.clearToSendMayChange()).isFalse();
  }
}
