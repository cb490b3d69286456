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
    assertThat(since2026.get(55).measured()).isEmpty();
    assertThat(shipped.get(55).measured()).isNotEmpty();
    assertThat(LocomotiveCatalog.parse("again", since2026.document()).get(13).measured())
        .isEqualTo(since2026.get(13).measured());
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
        Ramp stop = train.stop(level, speed);
        double covered = speed * 100 + stop.distance(100);
        assertThat(covered).isCloseTo(train.stoppingDistance(level), within(1e-6));
      }
    }
  }

  @Test
  void changesBetweenLevelsTakeTheirMeasuredTime() {
    assertThat(seconds(shipped.get(24), 11, 7)).isCloseTo(2.56, within(0.01));
    assertThat(seconds(shipped.get(78), 11, 7)).isBetween(1.5, 5.0);
  }

  private static double seconds(Locomotive train, int from, int to) {
    double before = train.steadySpeed(from, Reached.FROM_BELOW);
    double after = train.steadySpeed(to, Reached.FROM_ABOVE);
    return train.change(new LevelChange(from, to), before, after).settled();
  }

  @Test
  void aFileWithoutDecodersIsReadAsBefore() {
    String text = shipped.document().replaceAll("\"decoder\": *\"[a-z]+\",?", "");
    assertThat(LocomotiveCatalog.parse("old.json", text).get(24).decoder())
        .isEqualTo(Decoder.USUAL);
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
