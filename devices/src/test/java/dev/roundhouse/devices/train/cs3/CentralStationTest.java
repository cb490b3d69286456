package dev.roundhouse.devices.train.cs3;

import static dev.roundhouse.devices.train.cs3.StationBench.MILLI;
import static dev.roundhouse.devices.train.cs3.StationBench.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.Body.Heading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentralStationTest {
  private static final TrainSetPlan PLAN =
      TrainSetPlan.on(Layout.trackC()).train(14, "C13").train(18, "D11").plan();

  private final StationBench bench = new StationBench(PLAN);

  private static StationBench withBox(String settings) {
    return new StationBench(
        TrainSetPlan.on(Layout.trackC())
            .train(14, "C13")
            .box(BoxPlan.parse("box.json", "{\"box\": \"cs3\", " + settings + "}"))
            .plan());
  }

  @ParameterizedTest
  @CsvSource({
    "0000C300#0000000001, 00013B11#0000000001", // go
    "0008C300#0000000E01C3, 00093B11#0000000E01C3", // speed
    "000AC300#0000000E03, 000B3B11#0000000E03", // direction: toggle
    "000CC300#0000000E0001, 000D3B11#0000000E0001", // light
    "0016C300#000030000101, 00173B11#000030000101", // turnout 1
    "00164711#0000300001010014, 00173B11#0000300001010014", // turnout 1 for 200 ms
    "00004711#0000000008 07, 00013B11#000000000807", // protocols
    "00000300#0000000009 0003, 00013B11#00000000090003", // mfx counter
    "00000300#0000000006 0014, 00013B11#00000000060014", // switching time
    "00000300#0000000E05 00, 00013B11#0000000E0500", // protocol of a locomotive
    "00000300#4353A4420B 01, 00013B11#4353A4420B010000", // current on the rails
    "00000300#4353A4420B 63, 00013B11#4353A4420B63", // no such channel
    "00000300#0000000E03, 00013B11#0000000E03", // emergency stop
    "00000300#0000000004, 00013B11#0000000004", // drop all
    "00080300#0000C00301F4, 00093B11#0000C00301F4", // a DCC locomotive
    "00080300#0000FFFF0000, 00093B11#0000FFFF0000"
  })
  void answersACommandWithTheResponseBitItsOwnHashAndTheSameData(String command, String response) {
    assertThat(bench.say(command.replace(" ", ""))).containsExactly(response);
  }

  @Test
  void anAnswerBegins300MicrosecondsAfterTheCommand() {
    bench.say("0000C300#0000000001");
    // 67 + 8 x 5 bits less the pause and the stuffing: the answer's own time on the wire.
    long wire = bench.heard.getFirst().nanos() - bench.sentAt - 300_000;
    assertThat(wire).isBetween((64 + 40) * 4_000L, (64 + 40 + 23) * 4_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "77, 1",
    "78, 2",
    "539, 7",
    "540, 8",
    "925, 13",
    "999, 13",
    "1000, 14",
    "1002, 14",
    "65535, 14"
  })
  void speedsAreFourteenSteps(int speed, int step) {
    bench.say("00080300#0000000E%04X".formatted(speed));
    assertThat(bench.train(14).level()).isEqualTo(step);
    assertThat(bench.say("00080300#0000000E"))
        .containsExactly("00093B11#0000000E%04X".formatted(Math.min(speed, 1000)));
  }

  @Test
  void whatIsNotKnownOfALocomotiveIsAnsweredByTheBook() {
    assertThat(bench.say("00080300#0000000E")).containsExactly("00093B11#0000000E");
    assertThat(bench.say("000A0300#0000000E")).containsExactly("000B3B11#0000000E01");
    assertThat(bench.say("000C0300#0000000E00")).containsExactly("000D3B11#0000000E0000");
    bench.say("000C0300#0000000E0001");
    assertThat(bench.say("000C0300#0000000E00")).containsExactly("000D3B11#0000000E0001");
    assertThat(bench.say("00080300#0000000E")).containsExactly("00093B11#0000000E0000");
    bench.say("00000300#0000000E04");
    assertThat(bench.say("00080300#0000000E")).containsExactly("00093B11#0000000E");
  }

  @Test
  void theLightIsFunctionZeroAndTheOthersFollow() {
    bench.say("000C0300#0000000E0001");
    bench.say("000C0300#0000000E0401");
    assertThat(bench.train(14).light()).isEqualTo(Light.ON);
    assertThat(bench.train(14).functions()).isEqualTo(0b1000);
    bench.say("00080300#0000000E00C8");
    assertThat(bench.train(14).light()).isEqualTo(Light.ON);
    bench.say("000C0300#0000000E0000");
    assertThat(bench.train(14).light()).isEqualTo(Light.OFF);
  }

  @Test
  void aTurnoutIsAnsweredAtOnceAndAgainWhenItsCoilIsSwitchedOff() {
    assertThat(bench.say("00160300#000030050001")).containsExactly("00173B11#000030050001");
    long commanded = bench.sentAt;
    bench.heard.clear();
    bench.pass(2 * SECOND);
    assertThat(bench.heardTexts()).containsExactly("00173B11#000030050000");
    assertThat(bench.heard.getFirst().nanos() - commanded).isBetween(SECOND, SECOND + MILLI);
    assertThat(bench.trains.track().turnouts()).containsEntry(6, Position.CURVED);
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void theTimeOfACoilIsTheFramesTheStationsOrTheShippedOne() {
    bench.say("00160300#0000300501010014");
    bench.heard.clear();
    bench.pass(194 * MILLI);
    assertThat(bench.heard).isEmpty();
    bench.pass(3 * MILLI);
    assertThat(bench.heardTexts()).containsExactly("00173B11#000030050100");
    bench.say("00000300#00000000060032");
    bench.say("00160300#000030050001");
    bench.heard.clear();
    bench.pass(500 * MILLI);
    assertThat(bench.heardTexts()).containsExactly("00173B11#000030050000");
    bench.say("00000300#00000000060000");
    bench.say("00160300#000030050101");
    bench.heard.clear();
    bench.pass(900 * MILLI);
    assertThat(bench.heard).isEmpty();
    bench.pass(200 * MILLI);
    assertThat(bench.heard).hasSize(1);
  }

  @Test
  void aCoilThatIsSwitchedOffByTheProgramIsAnsweredOnceForEach() {
    bench.say("00160300#0000300501010000");
    bench.pass(SECOND);
    assertThat(bench.say("00160300#000030050100")).containsExactly("00173B11#000030050100");
    bench.heard.clear();
    bench.pass(2 * SECOND);
    assertThat(bench.heard).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "same-response, 1, 00173B11#000030050001",
    "command-and-response, 2, 00163B11#000030050000",
    "nothing, 0, ''"
  })
  void whatIsToldOfACoilsEndIsConfigurable(String end, int frames, String first) {
    StationBench other = withBox("\"coilEnd\": \"" + end + "\", \"coilMillis\": 800");
    other.say("00160300#000030050001");
    other.heard.clear();
    other.pass(SECOND);
    assertThat(other.heard).hasSize(frames);
    assertThat(frames == 0 ? "" : other.heardTexts().getFirst()).isEqualTo(first);
  }

  @Test
  void aChangeOfDirectionBrakesTheTrainWhichTurnsAtRestAndStands() {
    bench.say("00080300#0000000E021C");
    bench.pass(10 * SECOND);
    double speed = bench.train(14).speed();
    assertThat(bench.say("000A0300#0000000E02")).containsExactly("000B3B11#0000000E02");
    assertThat(bench.train(14).speed()).isBetween(0.9 * speed, speed);
    assertThat(bench.train(14).heading()).isEqualTo(Heading.FORWARD);
    assertThat(bench.say("00080300#0000000E")).containsExactly("00093B11#0000000E0000");
    bench.pass(10 * SECOND);
    assertThat(bench.train(14).speed()).isZero();
    assertThat(bench.train(14).heading()).isEqualTo(Heading.BACKWARD);
    bench.say("00080300#0000000E021C");
    bench.say("000A0300#0000000E02");
    bench.pass(3 * SECOND);
    assertThat(bench.train(14).speed()).isPositive();
    assertThat(bench.train(14).heading()).isEqualTo(Heading.BACKWARD);
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void aDecoderMayTurnAtOnceAndTheStationTellOfSpeedZero() {
    StationBench other = withBox("\"turning\": \"at-once\", \"speedZero\": \"told\"");
    other.say("00080300#0000000E021C");
    other.pass(10 * SECOND);
    assertThat(other.say("000A0300#0000000E03"))
        .containsExactly("000B3B11#0000000E03", "00093B11#0000000E0000");
    assertThat(other.train(14).heading()).isEqualTo(Heading.BACKWARD);
    assertThat(other.train(14).speed()).isZero();
  }

  @Test
  void afterStopGoResumesTheOldSpeedsAndHaltBrakesWithPowerOn() {
    bench.say("00080300#0000000E021C");
    bench.pass(5 * SECOND);
    double speed = bench.train(14).speed();
    bench.say("00000300#0000000000");
    assertThat(bench.trains.track().power()).isEqualTo(Power.OFF);
    bench.pass(2 * SECOND);
    assertThat(bench.train(14).speed()).isZero();
    bench.say("00000300#4353A44201");
    bench.pass(5 * SECOND);
    assertThat(bench.warnings).isEmpty();
    assertThat(bench.train(14).speed()).isEqualTo(speed);
    bench.say("00000300#0000000002");
    assertThat(bench.trains.track().power()).isEqualTo(Power.ON);
    assertThat(bench.train(14).level()).isZero();
    bench.pass(SECOND);
    assertThat(bench.train(14).speed()).isBetween(1.0, speed);
  }

  @Test
  void anOrderForAnotherDeviceIsNotForThisStation() {
    assertThat(bench.say("00000300#1234567800")).isEmpty();
    assertThat(bench.trains.track().power()).isEqualTo(Power.ON);
  }

  @Test
  void anEmergencyStopIsShort() {
    bench.say("00080300#0000000E03E8");
    bench.pass(15 * SECOND);
    bench.say("00000300#0000000E03");
    bench.pass(SECOND);
    assertThat(bench.train(14).speed()).isZero();
  }

  @Test
  void aContactIsReportedOnAGridOf100MillisecondsWithBothStates() {
    bench.say("00080300#0000000E021C");
    bench.heard.clear();
    bench.pass(11 * SECOND);
    var contacts =
        bench.heard.stream()
            .filter(heard -> heard.frame().id() == 0x0023_3B11)
            .map(heard -> heard.frame().toString())
            .toList();
    // Past C13 comes E7: bank E, contact 7.
    assertThat(contacts).hasSizeGreaterThanOrEqualTo(2);
    assertThat(contacts.get(0)).matches("00233B11#00000047" + "0001" + ".{4}");
    assertThat(contacts.get(1)).matches("00233B11#00000047" + "0100" + ".{4}");
    assertThat(bench.heard)
        .filteredOn(heard -> heard.frame().id() == 0x0023_3B11)
        .allSatisfy(heard -> assertThat(heard.nanos() % (100 * MILLI)).isLessThan(MILLI));
  }

  @Test
  void contactsCanBeAskedForAndPolled() {
    assertThat(bench.say("00220300#00000047"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("00233B11#000000470100");
    bench.say("00220300#00000001000EFF");
    bench.pass(20 * MILLI);
    assertThat(bench.heard).hasSize(14);
    assertThat(bench.say("00200300#1234567805"))
        .containsExactly(
            "00213B11#12345678000000",
            "00213B11#12345678010000",
            "00213B11#12345678020000",
            "00213B11#12345678030000",
            "00213B11#12345678040000");
    assertThat(bench.say("00200300#1234567800")).containsExactly("00213B11#12345678000000");
  }

  @Test
  void aPingIsAnsweredByTheTrackProcessorAndByTheMaster() {
    assertThat(bench.say("00304711#"))
        .containsExactly("00313B11#4353A44203550000", "00314711#4353A4430403FFFF");
  }

  @Test
  void itAsksWhoIsThereAbout12SecondsApartAndAnswersItself() {
    bench.heard.clear();
    bench.pass(23 * SECOND + 500 * MILLI);
    assertThat(bench.heardTexts())
        .containsExactly("00363B10#", "00303B10#", "00313B11#4353A44203550000", "00363B10#");
    StationBench silent = withBox("\"unaskedSeconds\": 0");
    silent.pass(60 * SECOND);
    assertThat(silent.heard).isEmpty();
  }

  @Test
  void anUnknownCommandIsNotAnsweredAndReportedOnce() {
    assertThat(bench.say("00FE0300#00")).isEmpty();
    bench.say("00FE0300#00");
    bench.say("00080300#0000000E01");
    assertThat(bench.warnings)
        .containsExactly(
            "undefined command: command 7f on CAN: the station does not answer",
            "undefined command: command 04 with 5 bytes on CAN: the station does not answer");
  }

  @Test
  void locomotivesThatAreNotThereAreAnsweredAndReportedOnce() {
    bench.say("00080300#0000000D01F4");
    bench.say("00080300#0000001101F4");
    assertThat(bench.warnings)
        .hasSize(1)
        .first()
        .asString()
        .contains("train 13 is not on the track");
  }

  @Test
  void withoutMotorolaOnTheRailsNothingMoves() {
    bench.say("00000300#000000000806");
    bench.say("00080300#0000000E01F4");
    assertThat(bench.train(14).level()).isZero();
  }

  @Test
  void answersMayBearTheAskersHash() {
    StationBench other = withBox("\"answerHash\": \"asker\", \"answerMicros\": 1000");
    assertThat(other.say("0008C300#0000000E01C3")).containsExactly("0009C300#0000000E01C3");
  }

  @Test
  void aSetThatStandsCostsNothing() {
    StationBench other = withBox("\"unaskedSeconds\": 0");
    int before = other.wakeUps;
    other.pass(3600 * SECOND);
    assertThat(other.wakeUps).isEqualTo(before);
  }

  @Test
  void sixteenHundredRequestsAtOnceAreAllAnsweredInOrder() {
    for (int n = 0; n < 1600; n++) {
      assertThat(bench.say("00080300#0000C00E%04X".formatted(n % 1000)))
          .containsExactly("00093B11#0000C00E%04X".formatted(n % 1000));
    }
  }
}
