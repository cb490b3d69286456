package dev.roundhouse.devices.train.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.motion.Body.Heading;
import dev.roundhouse.devices.train.motion.Locomotive.LevelChange;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import org.junit.jupiter.api.Test;

class LocomotiveCatalogTest {
  private final LocomotiveCatalog shipped = LocomotiveCatalog.shipped(BoxKind.SERIAL_6051);

  @Test
  void theLocomotivesOfTheLabAreShipped() {
    assertThat(shipped.all())
        .extracting(Locomotive::address)
        .containsExactly(1, 2, 24, 47, 54, 55, 58, 74, 77, 78, 79);
  }

  @Test
  void withACentralStationThoseOf2026AreThereTooAndTheirTrain55IsAnother() {
    LocomotiveCatalog since2026 = LocomotiveCatalog.shipped(BoxKind.CS3);
    assertThat(since2026.all())
        .extracting(Locomotive::address)
        .containsExactly(1, 2, 10, 13, 14, 15, 17, 18, 24, 47, 54, 55, 58, 74, 77, 78, 79);
    assertThat(since2026.get(14).steadySpeed(8, Reached.FROM_BELOW)).isEqualTo(227);
    assertThat(since2026.get(55).measuredLevels()).isEmpty();
    assertThat(shipped.get(55).measuredLevels()).containsExactly(10);
    assertThat(LocomotiveCatalog.parse("again", since2026.document()).get(13).measuredStops())
        .containsExactly(8, 12);
  }

  @Test
  void levelsReachedFromBelowAndAboveDiffer() {
    Locomotive train = shipped.get(24);
    assertThat(train.steadySpeed(5, Reached.FROM_BELOW)).isEqualTo(72.53);
    assertThat(train.steadySpeed(5, Reached.FROM_ABOVE)).isEqualTo(89.02);
  }

  @Test
  void aStopFromALevelsSpeedCoversTheMeasuredDistance() {
    for (Locomotive train : shipped.all()) {
      for (int level = 1; level <= Locomotive.TOP_LEVEL; level++) {
        double speed = train.steadySpeed(level, Reached.FROM_BELOW);
        assertThat(train.stop(level, speed).changeDistance())
            .isCloseTo(train.stoppingDistance(level), within(1e-6));
      }
    }
  }

  @Test
  void aStopFromBetweenTwoLevelsLiesBetweenTheirDistances() {
    Locomotive train = shipped.get(58);
    double between = train.stop(270).changeDistance();
    assertThat(between).isBetween(train.stoppingDistance(9), train.stoppingDistance(10));
  }

  @Test
  void changesBetweenLevelsTakeTheirMeasuredRate() {
    SpeedPhase slower = shipped.get(24).change(new LevelChange(11, 7), 407, 162);
    assertThat(slower.seconds()).isCloseTo((407 - 162) / 95.61, within(1e-9));
    SpeedPhase unmeasured = shipped.get(78).change(new LevelChange(11, 7), 309, 128);
    assertThat(unmeasured.seconds()).isBetween(1.5, 5.0);
  }

  @Test
  void thePickUpReachesSensorsAtAnotherPointInTheOtherDirection() {
    Body body = shipped.get(58).body();
    assertThat(body.overhang(Heading.FORWARD)).isEqualTo(25);
    assertThat(body.overhang(Heading.BACKWARD)).isEqualTo(208 - 25 - 138);
  }

  @Test
  void anUnknownLocomotiveIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> shipped.get(25))
        .isInstanceOf(DescriptionException.class)
        .hasMessage(
            "no locomotive 25 is known; known are 1, 2, 24, 47, 54, 55, 58, 74, 77, 78, 79");
  }

  @Test
  void aMistakeInAFileIsSaidWithTheLocomotive() {
    String text =
        """
        {"locomotives": [{"address": 5, "lengthMm": 200, "frontMm": 150, "shoeMm": 50,
        "reverseOffsetMm": 120}]}
        """;
    assertThatThrownBy(() -> LocomotiveCatalog.parse("mine.json", text))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("mine.json, locomotives[0], locomotive 5: \"frontMm\"");
    assertThatThrownBy(() -> LocomotiveCatalog.parse("mine.json", "{\"locomotives\": []}"))
        .hasMessage("mine.json: no locomotives");
  }
}
