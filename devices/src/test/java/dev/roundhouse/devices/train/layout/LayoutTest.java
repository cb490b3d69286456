package dev.roundhouse.devices.train.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.event.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
  /** A circle with one sensor, and a siding behind turnout 7. */
  private static final String SMALL =
      """
      {"name": "small", "nodes": [
        {"name": "S1", "type": "sensor", "module": 1, "contact": 1, "reverse": "S2"},
        {"name": "S2", "type": "sensor", "module": 1, "contact": 2, "reverse": "S1"},
        {"name": "BR7", "type": "branch", "turnout": 7, "reverse": "MR7"},
        {"name": "MR7", "type": "merge", "turnout": 7, "reverse": "BR7"},
        {"name": "EN", "type": "enter", "reverse": "EX"},
        {"name": "EX", "type": "exit", "reverse": "EN"}
      ], "edges": [
        {"from": "S1", "leg": "ahead", "to": "BR7", "mm": 500},
        {"from": "MR7", "leg": "ahead", "to": "S2", "mm": 500},
        {"from": "BR7", "leg": "straight", "to": "S1", "mm": 900},
        {"from": "S2", "leg": "ahead", "to": "MR7", "mm": 900},
        {"from": "BR7", "leg": "curved", "to": "EX", "mm": 400.5},
        {"from": "EN", "leg": "ahead", "to": "MR7", "mm": 400.5}
      ]}
      """;

  static Stream<Layout> shipped() {
    return Stream.of(Layout.trackA(), Layout.trackB(), Layout.trackC(), Layout.trackD());
  }

  @Test
  void trackAHasItsNodesEdgesAndLength() {
    Layout a = Layout.trackA();
    assertThat(a.name()).isEqualTo("Track A");
    assertThat(a.nodes()).hasSize(144);
    assertThat(a.edges()).hasSize(156);
    assertThat(a.sections()).isEqualTo(78);
    assertThat(a.lengthMm()).isCloseTo(19_557, within(0.5));
    assertThat(a.sensors()).hasSize(80);
  }

  @Test
  void aContactMayServeBothDirectionsOfOnePlaceAndNoOther() {
    String both = SMALL.replace("\"contact\": 2", "\"contact\": 1");
    assertThat(Layout.parse("both.json", both).sensors()).containsExactly("S1", "S2");
  }

  @Test
  void trackBHasItsNodesEdgesAndLength() {
    Layout b = Layout.trackB();
    assertThat(b.nodes()).hasSize(140);
    assertThat(b.edges()).hasSize(154);
    assertThat(b.lengthMm()).isCloseTo(19_418, within(0.5));
  }

  @ParameterizedTest
  @CsvSource({
    "A11, MR1, 519, 518",
    "C14, BR11, 51, 43",
    "D6, MR9, 232, 239",
    "D8, E8, 377, 384",
    "EN1, MR153, 283, 253",
    "A1, MR12, 231, 231"
  })
  void trackCIsTrackAWithTheLengthsOf2026(String from, String to, double mm, double onA) {
    assertThat(length(Layout.trackC(), from, to)).isEqualTo(mm);
    assertThat(length(Layout.trackA(), from, to)).isEqualTo(onA);
  }

  @ParameterizedTest
  @CsvSource({
    "A12, A16, 718, 814",
    "C13, E7, 875, 780",
    "D5, E6, 377, 282",
    "D9, E12, 326, 282",
    "E10, E13, 334, 282",
    "EN1, MR153, 283, 253"
  })
  void trackDIsTrackBWithTheLengthsOf2026(String from, String to, double mm, double onB) {
    assertThat(length(Layout.trackD(), from, to)).isEqualTo(mm);
    assertThat(length(Layout.trackB(), from, to)).isEqualTo(onB);
  }

  private static double length(Layout layout, String from, String to) {
    return layout.edges().stream()
        .filter(edge -> edge.from().name().equals(from) && edge.to().name().equals(to))
        .mapToDouble(Edge::lengthMm)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aLayoutNamesItsBoxAndIsDrivenByA6051Otherwise() {
    assertThat(Layout.trackA().box()).isEqualTo(BoxKind.SERIAL_6051);
    assertThat(Layout.trackC().box()).isEqualTo(BoxKind.CS3);
    assertThat(Layout.trackD().box()).isEqualTo(BoxKind.CS3);
    assertThat(Layout.parse("my.json", SMALL).box()).isEqualTo(BoxKind.SERIAL_6051);
    String onCan = SMALL.replace("\"small\"", "\"small\", \"box\": \"cs3\"");
    assertThat(Layout.parse("my.json", onCan).box()).isEqualTo(BoxKind.CS3);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyEdgeHasItsReverseOfEqualLength(Layout layout) {
    assertThat(layout.edges())
        .allSatisfy(edge -> {
          Edge back = layout.reverse(edge);
          assertThat(layout.reverse(back)).isEqualTo(edge);
          assertThat(back).isNotEqualTo(edge);
          assertThat(back.lengthMm()).isEqualTo(edge.lengthMm());
          assertThat(back.section()).isEqualTo(edge.section());
          assertThat(back.from()).isEqualTo(layout.reverse(edge.to()));
          assertThat(back.to()).isEqualTo(layout.reverse(edge.from()));
        });
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyNodeIsDrawnWhereItsReverseIs(Layout layout) {
    assertThat(layout.nodes())
        .allSatisfy(node ->
            assertThat(layout.point(node))
                .isPresent()
                .isEqualTo(layout.point(layout.reverse(node))));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void atTheStartAllTurnoutsAreStraightExcept154And156(Layout layout) {
    assertThat(layout.turnouts()).hasSize(22).contains(1, 18, 153, 156);
    assertThat(layout.turnouts())
        .filteredOn(turnout -> layout.atStart(turnout) == Position.CURVED)
        .containsExactly(154, 156);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void theThreeWayTurnoutsArePairs(Layout layout) {
    assertThat(layout.threeWayPartner(153)).contains(154);
    assertThat(layout.threeWayPartner(154)).contains(153);
    assertThat(layout.threeWayPartner(156)).contains(155);
    assertThat(layout.threeWayPartner(5)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"A1, 1, 1", "A16, 1, 16", "C13, 3, 13", "E16, 5, 16"})
  void banksAreModules(String name, int module, int contact) {
    assertThat(Layout.trackA().node(name).orElseThrow().role())
        .isEqualTo(new Role.Sensor(module, contact));
  }

  @Test
  void aLayoutOfOnesOwnIsRead() {
    Layout small = Layout.parse("small.json", SMALL);
    Node branch = small.node("BR7").orElseThrow();
    assertThat(small.leaving(branch, Position.CURVED).orElseThrow().name()).isEqualTo("BR7-EX");
    assertThat(small.leaving(small.node("EX").orElseThrow(), Position.CURVED)).isEmpty();
    assertThat(small.lengthMm()).isEqualTo(1800.5);
    assertThat(small.point(branch)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"reverse\": \"S2\"|\"reverse\": \"S9\"|node S1: its reverse \"S9\" is no node",
        "\"reverse\": \"MR7\"|\"reverse\": \"S1\"|node BR7: its reverse S1 does not name it",
        "\"mm\": 400.5},|\"mm\": 401},|the edge BR7 to EX is 401.0 mm long, its reverse 400.5",
        "\"name\": \"EN\"|\"name\": \"S1\"|node S1: there are two nodes of this name",
        "\"turnout\": 7, \"reverse\": \"MR7\"|\"turnout\": 8, \"reverse\": \"MR7\"|node BR7: its reverse MR7 is of a type that does not fit",
        "\"turnout\": 7, \"reverse\": \"MR7\"|\"turnout\": 257, \"reverse\": \"MR7\"|node BR7: \"turnout\" must be 1 to 256, not 257",
        "\"contact\": 2|\"contact\": 2.5|node S2: \"contact\" must be a whole number",
        "\"leg\": \"curved\"|\"leg\": \"straight\"|node BR7: it must have 1 edge straight, not 2",
        "\"to\": \"EX\"|\"to\": \"XX\"|\"to\" names XX, which is no node",
        "\"type\": \"enter\"|\"type\": \"tunnel\"|node EN: \"type\" must be sensor, branch, merge, enter or exit",
        "\"mm\": 500|\"mm\": -1|\"mm\" must be 0 to 100000, not -1",
        "\"mm\": 500|\"mm\": 1e999|\"mm\" must be 0 to 100000",
        "\"mm\": 500|\"mm\": \"500\"|\"mm\" must be a number",
        "\"mm\": 500|\"length\": 500|unknown field \"length\"",
        "\"name\": \"small\",|\"name\": \"small\", \"curvedAtStart\": [9],|\"curvedAtStart\" names turnout 9",
        "\"name\": \"small\",||\"name\" is missing",
        "{\"name\": \"small\"|[{\"name\": \"small\"|not valid JSON",
      })
  void whatIsWrongIsSaidWithTheNodesName(String instead, String put, String message) {
    assertThat(SMALL).contains(instead);
    String broken =
        SMALL.replaceFirst(
            Pattern.quote(instead), Matcher.quoteReplacement(put == null ? "" : put));
    assertThatThrownBy(() -> Layout.parse("small.json", broken))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("small.json")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void anEdgeWithoutReverseIsNamed() {
    String broken =
        SMALL.replace(
            "\"from\": \"S2\", \"leg\": \"ahead\", \"to\": \"MR7\"",
            "\"from\": \"S2\", \"leg\": \"ahead\", \"to\": \"BR7\"");
    assertThatThrownBy(() -> Layout.parse("small.json", broken))
        .hasMessageContaining("the edge BR7 to S1 has no reverse");
  }

  @Test
  void deepNestingIsRefusedWithoutHarm() {
    assertThatThrownBy(() -> Layout.parse("deep.json", "[".repeat(1_000_000)))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining("deep.json: not valid JSON");
  }
}
