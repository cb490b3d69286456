package dev.roundhouse.devices.train.box;

import static dev.roundhouse.devices.train.box.BoxBench.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.serial.SerialFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxCommandsTest {
  private final BoxBench bench = BoxBench.steady();

  @ParameterizedTest
  @CsvSource({"0, 1, speed 1 0 OFF", "14, 80, speed 80 14 OFF", "7, 24, speed 24 7 OFF"})
  void zeroTo14SetTheSpeedWithLightOff(int first, int second, String act) {
    bench.send(first, second);
    assertThat(bench.acts).containsExactly(act);
  }

  @ParameterizedTest
  @CsvSource({"16, 24, speed 24 0 ON", "30, 58, speed 58 14 ON", "21, 24, speed 24 5 ON"})
  void sixteenTo30SetTheSpeedWithLightOn(int first, int second, String act) {
    bench.send(first, second);
    assertThat(bench.acts).containsExactly(act);
  }

  @Test
  void fifteenAnd31ChangeTheDirection() {
    bench.send(15, 24, 31, 58);
    assertThat(bench.acts).containsExactly("reverse 24 OFF", "reverse 58 ON");
  }

  @Test
  void sixtyFourTo79SetTheFunctions() {
    bench.send(64, 24, 65, 24, 72, 24, 79, 24);
    assertThat(bench.acts)
        .containsExactly("functions 24 0", "functions 24 1", "functions 24 8", "functions 24 15");
  }

  @Test
  void thirtyThreeIsStraightAnd34IsCurved() {
    bench.send(33, 5);
    bench.advance(200 * MILLI);
    bench.send(34, 153);
    bench.advance(200 * MILLI);
    bench.send(32);
    assertThat(bench.acts).containsExactly("turnout 5 STRAIGHT", "turnout 153 CURVED");
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void turnout256IsSentAsZero() {
    bench.send(34, 0);
    bench.advance(200 * MILLI);
    assertThat(bench.acts).containsExactly("turnout 256 CURVED");
  }

  @Test
  void aTurnoutsAddressMayLookLikeACommand() {
    bench.send(33, 192);
    bench.advance(200 * MILLI);
    assertThat(bench.acts).containsExactly("turnout 192 STRAIGHT");
  }

  @Test
  void ninetySixIsGoAnd97IsStop() {
    bench.send(97, 96);
    assertThat(bench.acts).containsExactly("power OFF", "power ON");
  }

  @Test
  void goTwiceAndStopTwiceAsSomeClientsSendThemAreTaken() {
    bench.send(97, 97, 96, 96);
    assertThat(bench.acts).containsExactly("power OFF", "power OFF", "power ON", "power ON");
    assertThat(bench.warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {35, 63, 80, 95, 98, 127, 160, 191, 224, 255})
  void undefinedBytesAreIgnoredAndReported(int value) {
    bench.send(value, 96);
    assertThat(bench.acts).containsExactly("power ON");
    assertThat(bench.warnings).containsExactly("undefined command: byte " + value + " is ignored");
  }

  @Test
  void everyByteIsEitherACommandOrReported() {
    for (int value : IntStream.range(0, 256).toArray()) {
      BoxBench fresh = BoxBench.steady();
      fresh.send(value, 1);
      fresh.advance(1000 * MILLI);
      boolean silent = value == 32 || value == 128 || value == 192;
      assertThat(fresh.acts.size() + fresh.warnings.size() + fresh.answered.size())
          .as("byte %d", value)
          .isGreaterThanOrEqualTo(silent ? 0 : 1);
    }
  }

  @Test
  void aHalfSentCommandWaitsForItsAddressWithoutLimit() {
    bench.send(10);
    bench.advance(3600_000 * MILLI);
    assertThat(bench.acts).isEmpty();
    bench.send(24);
    assertThat(bench.acts).containsExactly("speed 24 10 OFF");
  }

  @Test
  void theByteAfterAHalfSentCommandIsItsAddressWhateverItMeansAlone() {
    bench.send(10, 133);
    bench.advance(100 * MILLI);
    assertThat(bench.answered).isEmpty();
    assertThat(bench.warnings).singleElement().asString().contains("locomotive 133");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 81, 255})
  void aLocomotiveThatCannotExistIsReported(int address) {
    bench.send(5, address);
    assertThat(bench.acts).isEmpty();
    assertThat(bench.warnings).singleElement().asString().startsWith("impossible number");
  }

  @Test
  void aByteThatComesWithTheWrongLineFormatIsGarbageAndReported() {
    bench.format = SerialFormat.CONSOLE;
    bench.sendNow(96);
    assertThat(bench.warnings).first().asString().contains("the UART sends 115200 baud");
  }

  @Test
  void switchedOffTheBoxForgetsAHalfSentCommandAndTakesThePowerAway() {
    bench.send(10);
    bench.box.setState(MarklinBox.State.SWITCHED_OFF);
    bench.sendNow(96);
    assertThat(bench.isClear()).isFalse();
    bench.box.setState(MarklinBox.State.CONNECTED);
    assertThat(bench.isClear()).isTrue();
    bench.send(97);
    assertThat(bench.acts).containsExactly("power OFF", "power ON", "power OFF");
  }

  @Test
  void withItsCablePulledTheBoxHearsNothingAndTheTrainsGoOn() {
    bench.box.setState(MarklinBox.State.UNPLUGGED);
    bench.sendNow(97);
    assertThat(bench.acts).isEmpty();
    assertThat(bench.isClear()).isFalse();
    bench.box.setState(MarklinBox.State.CONNECTED);
    bench.send(97);
    assertThat(bench.acts).containsExactly("power OFF");
  }
}
