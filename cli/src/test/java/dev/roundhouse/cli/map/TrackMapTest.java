package dev.roundhouse.cli.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.process.ScreenSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackMapTest {
  private static final ScreenSize USUAL = ScreenSize.USUAL;

  private static TrainSetPlan.Builder twoTrainsOn(Layout layout) {
    return TrainSetPlan.on(layout).train(24, "C13").train(58, "D11").turnout(5, Position.CURVED);
  }

  private static DrivenTrack underWay(Layout layout) {
    DrivenTrack track = new DrivenTrack(twoTrainsOn(layout).plan());
    return track.speed(24, 10).speed(58, 8).seconds(4.3);
  }

  private static Layout track(String letter) {
    return letter.equals("a") ? Layout.trackA() : Layout.trackB();
  }

  /** A loop of four sensors without coordinates. */
  private static Layout unplaced() {
    return Layout.parse(
        "loop.json",
        """
        {"name": "Loop", "nodes": [
          {"name": "A1", "type": "sensor", "module": 1, "contact": 1, "reverse": "A2"},
          {"name": "A2", "type": "sensor", "module": 1, "contact": 2, "reverse": "A1"},
          {"name": "A3", "type": "sensor", "module": 1, "contact": 3, "reverse": "A4"},
          {"name": "A4", "type": "sensor", "module": 1, "contact": 4, "reverse": "A3"}],
        "edges": [
          {"from": "A1", "leg": "ahead", "to": "A3", "mm": 1000},
          {"from": "A3", "leg": "ahead", "to": "A1", "mm": 1000},
          {"from": "A4", "leg": "ahead", "to": "A2", "mm": 1000},
          {"from": "A2", "leg": "ahead", "to": "A4", "mm": 1000}]}
        """);
  }

  private static List<String> drawn(TrackSnapshot snapshot, Glyphs glyphs, ScreenSize size) {
    return new TrackMap(glyphs).draw(snapshot, size).plain();
  }

  private static String golden(String name) {
    try (InputStream in = TrackMapTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"a, UNICODE", "a, ASCII", "b, UNICODE", "b, ASCII"})
  void aTrackFillsAnOrdinaryTerminal(String letter, Glyphs glyphs) {
    String drawn = String.join("\n", drawn(underWay(track(letter)).look(), glyphs, USUAL)) + "\n";
    String name = "map-" + letter + "-" + glyphs.name().toLowerCase(Locale.ROOT) + ".txt";
    assertThat(drawn).isEqualTo(golden(name));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 3", "29, 24", "40, 12", "80, 24", "80, 9", "132, 43", "400, 200"})
  void nothingIsDrawnOutsideTheScreen(int columns, int rows) {
    ScreenSize size = new ScreenSize(columns, rows);
    for (Layout layout : List.of(Layout.trackA(), Layout.trackB(), unplaced())) {
      TrainSetPlan.Builder plan = TrainSetPlan.on(layout).train(24, "A3");
      TrackSnapshot snapshot = new DrivenTrack(plan.plan()).speed(24, 14).seconds(7).look();
      assertThat(drawn(snapshot, Glyphs.ASCII, size))
          .hasSizeBetween(1, rows)
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }
  }

  @Test
  void aTrainPointsTheWayItGoes() {
    DrivenTrack track = underWay(Layout.trackA());
    assertThat(drawn(track.look(), Glyphs.ASCII, USUAL))
        .anySatisfy(line -> assertThat(line).contains("##>"))
        .anySatisfy(line -> assertThat(line).contains("<##"));
  }

  @Test
  void aTurnoutLeavesAGapInTheLegThatItDoesNotLeadTo() {
    DrivenTrack track = new DrivenTrack(TrainSetPlan.on(Layout.trackA()).plan());
    List<String> straight = drawn(track.look(), Glyphs.UNICODE, USUAL);
    List<String> curved = drawn(track.turnout(11, Position.CURVED).look(), Glyphs.UNICODE, USUAL);
    assertThat(rails(straight)).isNotEqualTo(rails(curved));
    assertThat(curved).contains("curved   11 154 156");
    List<String> back = drawn(track.turnout(11, Position.STRAIGHT).look(), Glyphs.UNICODE, USUAL);
    assertThat(rails(back)).isEqualTo(rails(straight));
  }

  private static List<String> rails(List<String> drawn) {
    return drawn.subList(1, 18);
  }

  @Test
  void aSensorThatWasHitIsMarkedForTwoSeconds() {
    DrivenTrack track = new DrivenTrack(TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan());
    track.speed(24, 10).seconds(5);
    assertThat(track.look().hits()).extracting("sensor").contains("E7");
    assertThat(String.join("\n", drawn(track.look(), Glyphs.ASCII, USUAL)))
        .contains("*")
        .contains("E7 by 24 0.");
    track.speed(24, 0).seconds(9);
    assertThat(String.join("\n", drawn(track.look(), Glyphs.ASCII, USUAL))).doesNotContain("*");
  }

  @Test
  void anAccidentIsToldAndItsTrainsAreWrecks() {
    DrivenTrack track =
        new DrivenTrack(TrainSetPlan.on(Layout.trackA()).train(24, "C13").train(58, "D8").plan());
    track.speed(24, 12).seconds(20);
    String drawn = String.join("\n", drawn(track.look(), Glyphs.ASCII, USUAL));
    assertThat(drawn)
        .containsPattern("24 +E7\\+\\d+ mm +has collided")
        .contains("train 24 runs into");
    assertThat(drawn).contains("X");
  }

  @Test
  void aLayoutWithoutCoordinatesIsATable() {
    DrivenTrack track = new DrivenTrack(TrainSetPlan.on(unplaced()).train(24, "A1").plan());
    track.speed(24, 10).seconds(5);
    assertThat(drawn(track.look(), Glyphs.UNICODE, USUAL))
        .containsExactly(
            "Loop  0:05.0  power on                    a gap: the turnout leads the other way",
            "24 A3+153 mm     level 10 344 mm/s",
            "sensors  A3 by 24 0.4 s ago",
            "curved   no turnout",
            "");
  }

  @Test
  void coloursAddNothingButControlSequences() {
    Picture picture = new TrackMap(Glyphs.UNICODE).draw(underWay(Layout.trackB()).look(), USUAL);
    assertThat(picture.coloured().stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .containsExactlyElementsOf(picture.plain());
    assertThat(picture.coloured()).anySatisfy(line -> assertThat(line).contains("\u001b[0;1;32m"));
  }
}
