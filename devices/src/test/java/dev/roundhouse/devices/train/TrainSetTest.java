package dev.roundhouse.devices.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.track.TrainState;
import dev.roundhouse.devices.train.track.TrainView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole train set through its cable. */
class TrainSetTest implements UartPort {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final List<Integer> answer = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Signal clear = Signal.NEGATED;

  private TrainSet set(TrainSetPlan.Builder plan) {
    TrainSet set =
        plan.plan()
            .in(
                new TrainSet.Machine(
                    clock, agenda, new SilentTrace(), (where, what) -> warnings.add(what)));
    ((BoxCable.Serial) set.cable()).connect(this);
    return set;
  }

  private static TrainSetPlan.Builder trackA() {
    return TrainSetPlan.on(Layout.trackA()).train(24, "C13").seed(7);
  }

  private static FaultPlan faults(String entries) {
    return FaultPlan.parse("faults.json", "{\"faults\": [" + entries + "]}");
  }

  private void advance(long nanos) {
    long until = clock.nanos() + nanos;
    while (agenda.nextNanos() <= until) {
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(until);
  }

  private void send(TrainSet set, int... bytes) {
    for (int value : bytes) {
      for (int tries = 0; clear == Signal.NEGATED && tries < 100; tries++) {
        advance(MILLI);
      }
      advance(SerialFormat.MARKLIN.heardNanos());
      ((BoxCable.Serial) set.cable()).farEnd().frameFromUart(value);
      advance(SerialFormat.MARKLIN.frameNanos() - SerialFormat.MARKLIN.heardNanos());
    }
  }

  private List<Integer> poll(TrainSet set) {
    answer.clear();
    send(set, 133);
    advance(90 * MILLI);
    return List.copyOf(answer);
  }

  @Test
  void aProgramDrivesATrainAndSeesItAtItsSensors() {
    TrainSet set = set(trackA());
    send(set, 96, 192, 10, 24);
    int seenE7 = 0;
    for (int i = 0; i < 100; i++) {
      List<Integer> bytes = poll(set);
      assertThat(bytes).hasSize(10);
      // E7: module 5, contact 7.
      seenE7 += bytes.get(8) >>> 1 & 1;
    }
    assertThat(seenE7).isBetween(1, 4);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aTurnoutIsThrownByItsCommand() {
    TrainSet set = set(trackA().turnout(5, Position.CURVED));
    assertThat(set.track().turnouts()).containsEntry(5, Position.CURVED);
    send(set, 33, 5);
    advance(150 * MILLI);
    send(set, 32);
    assertThat(set.track().turnouts()).containsEntry(5, Position.STRAIGHT);
  }

  @Test
  void aTrainThatDoesNotFitIsSaidAtOnce() {
    assertThatThrownBy(() -> set(trackA().train(99, "D11")))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining("no locomotive 99");
    assertThatThrownBy(() -> set(trackA().turnout(99, Position.CURVED)))
        .hasMessageStartingWith("Track A has no turnout 99; it has [1, 2, 3, ");
  }

  @Test
  void aStuckTurnoutStaysWhereItIsUntilItIsFree() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults("{\"fault\": \"stuck-turnout\", \"turnout\": 5, \"untilSeconds\": 2}")));
    send(set, 34, 5);
    advance(200 * MILLI);
    assertThat(set.track().turnouts()).containsEntry(5, Position.STRAIGHT);
    advance(2 * SECOND);
    send(set, 34, 5);
    advance(200 * MILLI);
    assertThat(set.track().turnouts()).containsEntry(5, Position.CURVED);
  }

  @Test
  void aTurnoutDoesNotMoveWhileTheRailsHaveNoPower() {
    TrainSet set = set(trackA());
    send(set, 97, 34, 5);
    advance(400 * MILLI);
    send(set, 32, 96);
    advance(400 * MILLI);
    assertThat(set.track().turnouts()).containsEntry(5, Position.STRAIGHT);
    assertThat(warnings).singleElement().asString().contains("turnout 5 does not move");
    send(set, 34, 5, 97, 96);
    advance(400 * MILLI);
    assertThat(set.track().turnouts()).containsEntry(5, Position.STRAIGHT);
    send(set, 34, 5);
    advance(400 * MILLI);
    assertThat(set.track().turnouts()).containsEntry(5, Position.CURVED);
  }

  @Test
  void aShortCircuitTakesThePowerAndGoDoesNotBringItBack() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"short-circuit\", \"fromSeconds\": 4,"
                            + " \"untilSeconds\": 8}")));
    send(set, 10, 24);
    advance(6 * SECOND);
    send(set, 96);
    assertThat(set.track().power()).isEqualTo(Power.OFF);
    advance(3 * SECOND);
    assertThat(set.track().view(24).orElseThrow().speed()).isZero();
    send(set, 96);
    advance(6 * SECOND);
    assertThat(set.track().view(24).orElseThrow().speed()).isPositive();
  }

  @Test
  void tooManyTrainsThatMoveTakeThePower() {
    TrainSet set =
        set(trackA().train(58, "D11").faults(faults("{\"fault\": \"overload\", \"trains\": 1}")));
    send(set, 8, 24);
    assertThat(set.track().power()).isEqualTo(Power.ON);
    send(set, 8, 58);
    assertThat(set.track().power()).isEqualTo(Power.OFF);
  }

  @Test
  void aContactThatIsClosedAllTheTimeIsInEachRead() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"closed-sensor\", \"sensor\": \"C13\","
                            + " \"untilSeconds\": 1}")));
    assertThat(poll(set).get(5) & 0x08).isEqualTo(0x08);
    assertThat(poll(set).get(5) & 0x08).isEqualTo(0x08);
    advance(SECOND);
    poll(set);
    assertThat(poll(set).get(5) & 0x08).isZero();
  }

  @Test
  void aSlowTurnoutNeedsItsSolenoidForLonger() {
    TrainSet set =
        set(
            trackA()
                .faults(faults("{\"fault\": \"slow-turnout\", \"turnout\": 5, \"millis\": 300}")));
    send(set, 34, 5);
    advance(250 * MILLI);
    assertThat(set.track().turnouts()).containsEntry(5, Position.STRAIGHT);
    advance(100 * MILLI);
    assertThat(set.track().turnouts()).containsEntry(5, Position.CURVED);
  }

  @Test
  void aDeadSensorSeesNothingAndAGhostSeesWhatIsNotThere() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"dead-sensor\", \"sensor\": \"E7\"},{\"fault\":"
                            + " \"ghost-sensor\", \"sensor\": \"B16\", \"everySeconds\": 1}")));
    send(set, 10, 24);
    int ghosts = 0;
    for (int i = 0; i < 100; i++) {
      List<Integer> bytes = poll(set);
      assertThat(bytes.get(8) & 2).isZero();
      ghosts += bytes.get(3) & 1;
    }
    assertThat(ghosts).isBetween(5, 20);
  }

  @Test
  void missedCommandsAndLostBytesDoNothing() {
    TrainSet missed =
        set(trackA().faults(faults("{\"fault\": \"missed-commands\", \"chance\": 1}")));
    send(missed, 10, 24);
    advance(5 * SECOND);
    assertThat(missed.track().view(24).orElseThrow().speed()).isZero();
    TrainSet lost = set(trackA().faults(faults("{\"fault\": \"lost-bytes\", \"chance\": 1}")));
    send(lost, 133);
    advance(SECOND);
    assertThat(answer).isEmpty();
  }

  @Test
  void aLocomotiveRunsSlowAndDirtyTrackSlowsIt() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"slow-locomotive\", \"train\": 24, \"speedFactor\": 0.5}")));
    send(set, 10, 24);
    advance(4 * SECOND);
    assertThat(set.track().view(24).orElseThrow().speed()).isBetween(168.0, 175.5);
    TrainSet dirty =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"dirty-track\", \"from\": \"C13\", \"to\": \"E7\","
                            + " \"speedFactor\": 0.1}")));
    send(dirty, 10, 24);
    advance(4 * SECOND);
    assertThat(dirty.track().view(24).orElseThrow().speed()).isLessThan(40);
  }

  @Test
  void aBoxThatIsSwitchedOffStopsTheTrainsAndOneThatIsUnpluggedDoesNot() {
    TrainSet off =
        set(
            trackA()
                .faults(
                    faults("{\"fault\": \"box-off\", \"fromSeconds\": 6, \"untilSeconds\": 9}")));
    send(off, 10, 24);
    advance(8 * SECOND);
    assertThat(off.track().view(24).orElseThrow().speed()).isZero();
    assertThat(clear).isEqualTo(Signal.NEGATED);
    advance(8 * SECOND);
    assertThat(clear).isEqualTo(Signal.ASSERTED);
    assertThat(off.track().view(24).orElseThrow().state()).isEqualTo(TrainState.ON_TRACK);
    long from = clock.nanos() / SECOND + 3;
    TrainSet pulled =
        set(
            trackA()
                .faults(faults("{\"fault\": \"cable-pulled\", \"fromSeconds\": " + from + "}")));
    send(pulled, 10, 24);
    advance(6 * SECOND);
    assertThat(pulled.track().view(24).orElseThrow().speed()).isGreaterThan(300);
    assertThat(clear).isEqualTo(Signal.NEGATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"fault\": \"fire\"}|\"fault\" must be stuck-turnout",
        "{\"fault\": \"stuck-turnout\"}|\"turnout\" is missing",
        "{\"fault\": \"stuck-turnout\", \"turnout\": 99}|Track A has no turnout 99",
        "{\"fault\": \"stuck-turnout\", \"turnout\": 99, \"fromSeconds\": 5}|Track A has no turnout"
            + " 99",
        "{\"fault\": \"dead-sensor\", \"sensor\": \"Z9\"}|Track A has no sensor Z9",
        "{\"fault\": \"ghost-sensor\", \"sensor\": \"Z9\", \"everySeconds\": 1}|Track A has no"
            + " sensor Z9",
        "{\"fault\": \"box-off\", \"turnout\": 5}|unknown field \"turnout\"",
        "{\"fault\": \"lost-bytes\", \"chance\": 2}|\"chance\" must be 0 to 1, not 2",
        "{\"fault\": \"dirty-track\", \"from\": \"A1\", \"to\": \"E5\", \"speedFactor\": 0.5}|no"
            + " edge from A1 to E5"
      })
  void aPlanThatDoesNotFitIsSaidBeforeTheRun(String entry, String message) {
    assertThatThrownBy(() -> set(trackA().faults(faults(entry))))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aVirtualHourWithFourTrainsPolledWithoutPauseIsQuick() {
    TrainSet set =
        set(
            TrainSetPlan.on(Layout.trackA())
                .train(24, "C13")
                .train(1, "D11")
                .train(79, "A1")
                .train(55, "B6"));
    send(set, 13, 24, 13, 1);
    int polls = 0;
    while (clock.nanos() < 3600 * SECOND) {
      assertThat(poll(set)).hasSize(10);
      polls++;
    }
    assertThat(polls).isGreaterThan(30_000);
    assertThat(set.track().view(24).orElseThrow().state()).isEqualTo(TrainState.ON_TRACK);
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    answer.add(value);
  }

  @Override
  public void setCts(Signal state) {
    clear = state;
  }

  @Override
  public SerialFormat format() {
    return SerialFormat.MARKLIN;
  }

  @Test
  void aSnapshotShowsTheTrackAsItIsAndStaysSo() {
    TrainSet set = set(trackA().turnout(5, Position.CURVED));
    send(set, 10, 24);
    advance(6 * SECOND);
    TrackSnapshot snapshot = set.snapshot();
    assertThat(snapshot.hits()).extracting(SensorHit::sensor).contains("E7");
    assertThat(snapshot.hits()).allSatisfy(hit -> assertThat(hit.train()).isEqualTo(24));
    assertThat(snapshot.turnouts()).containsEntry(5, Position.CURVED);
    TrainView train = snapshot.trains().getFirst();
    assertThat(train.speed()).isCloseTo(345.6, within(1.0));
    double covered =
        train.under().stream().mapToDouble(piece -> piece.toMm() - piece.fromMm()).sum();
    assertThat(covered).isCloseTo(217, within(0.1));
    String place = train.pickUp().toString();
    advance(SECOND);
    assertThat(snapshot.trains().getFirst().pickUp()).hasToString(place);
    assertThat(set.snapshot().trains().getFirst().pickUp().toString()).isNotEqualTo(place);
  }

  @Test
  void aGhostsPulseIsSeenWithoutATrain() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"ghost-sensor\", \"sensor\": \"B16\", \"everySeconds\":"
                            + " 1}")));
    advance(3 * SECOND);
    assertThat(set.snapshot().hits())
        .isNotEmpty()
        .allSatisfy(hit -> {
          assertThat(hit.sensor()).isEqualTo("B16");
          assertThat(hit.train()).isEqualTo(SensorHit.NOBODY);
        });
  }

  @Test
  void aFaultThatEndsLeavesAnotherOfItsKind() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"stuck-turnout\", \"turnout\": 5},"
                            + "{\"fault\": \"stuck-turnout\", \"turnout\": 5, \"fromSeconds\": 1,"
                            + " \"untilSeconds\": 2}")));
    advance(3 * SECOND);
    set.track().throwTurnout(5, Position.CURVED);
    assertThat(set.track().turnouts()).containsEntry(5, Position.STRAIGHT);
  }

  @Test
  void aBoxThatIsOffStaysOffWhenItsCableIsPluggedIn() {
    TrainSet set =
        set(
            trackA()
                .faults(
                    faults(
                        "{\"fault\": \"box-off\", \"untilSeconds\": 4},"
                            + "{\"fault\": \"cable-pulled\", \"untilSeconds\": 2}")));
    advance(3 * SECOND);
    assertThat(set.track().power()).isEqualTo(Power.OFF);
    assertThat(clear).isEqualTo(Signal.NEGATED);
    advance(2 * SECOND);
    assertThat(set.track().power()).isEqualTo(Power.ON);
    assertThat(clear).isEqualTo(Signal.ASSERTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'fault': 'stuck-turnout', 'turnout': 200}|Track A has no turnout 200",
        "{'fault': 'dead-sensor', 'sensor': 'Z1'}|Track A has no sensor Z1",
        "{'fault': 'ghost-sensor', 'sensor': 'Z1', 'everySeconds': 1}|Track A has no sensor Z1",
        "{'fault': 'dirty-track', 'from': 'C13', 'to': 'D7', 'speedFactor': 1}|no edge from C13 to D7",
        "{'fault': 'slow-locomotive', 'train': 58, 'speedFactor': 1}|train 58 is not on the track",
      },
      quoteCharacter = '`')
  void aFaultPlanThatDoesNotFitNamesTheFault(String fault, String message) {
    FaultPlan plan = faults("{\"fault\": \"box-off\"}, " + fault.replace('\'', '"'));
    assertThatThrownBy(() -> set(trackA().faults(plan)))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("fault plan, faults[1]: ")
        .hasMessageContaining(message);
  }

  @Test
  void aTurnoutThatTheTrackDoesNotHaveIsReported() {
    TrainSet set = set(trackA());
    send(set, 33, 200);
    advance(SECOND / 5);
    assertThat(warnings)
        .containsExactly("impossible number: Track A has no turnout 200; nothing moves");
  }
}
