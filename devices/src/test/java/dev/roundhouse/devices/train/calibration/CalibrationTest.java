package dev.roundhouse.devices.train.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Calibration.Figure;
import dev.roundhouse.devices.train.calibration.Calibration.Level;
import dev.roundhouse.devices.train.calibration.Calibration.Train;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Locomotives are simulated, and found again from what their line showed. */
class CalibrationTest {
  private static final Layout TRACK = Layout.trackA();
  private static final LocomotiveCatalog SHIPPED = LocomotiveCatalog.shipped(BoxKind.SERIAL_6051);

  /** Figures that were estimated beside what they should be. */
  private static final class Verdicts {
    final List<String> outside = new ArrayList<>();
    final List<String> farOutside = new ArrayList<>();
    int all;

    void hold(Train train, Locomotive truth) {
      for (Level level : train.levels()) {
        String name = "train " + train.address() + " level " + level.level();
        double below = truth.steadySpeed(level.level(), Reached.FROM_BELOW);
        double above = truth.steadySpeed(level.level(), Reached.FROM_ABOVE);
        hold(name + " speed", level.speed(), below);
        hold(name + " from above", level.fromAbove(), above);
        hold(name + " gains", level.acceleration(), truth.acceleration(level.level()));
        hold(name + " stops", level.stop(), truth.stoppingDistance(level.level()));
      }
    }

    private void hold(String name, Figure figure, double truth) {
      if (figure.isSeen()) {
        all++;
        String text = name + " " + figure + " is " + truth;
        if (truth < figure.low() || truth > figure.high()) {
          outside.add(text);
        }
        double width = figure.high() - figure.low();
        if (truth < figure.low() - width / 2 || truth > figure.high() + width / 2) {
          farOutside.add(text);
        }
      }
    }
  }

  private static Train only(DrivenLine line) {
    return Calibration.of(line.transcript(), TRACK, Map.of()).trains().getFirst();
  }

  private static TrainSetPlan.Builder with(int address) {
    return TrainSetPlan.on(TRACK).train(address, "C13");
  }

  /** A locomotive of this figures, none of which is like those that were measured. */
  private static LocomotiveCatalog strange(double speed, double gain, double stop) {
    double[] figures = Figures.of(SHIPPED.get(24));
    for (int level = 1; level <= Figures.LEVELS; level++) {
      figures[Figures.index(Figures.Kind.SPEED, level)] += Math.log(speed);
      figures[Figures.index(Figures.Kind.ACCELERATION, level)] += Math.log(gain);
      figures[Figures.index(Figures.Kind.STOP, level)] += Math.log(stop);
    }
    return LocomotiveCatalog.parse(
        "strange",
        "{\"scatter\": \"none\", \"decoders\": ["
            + Figures.decoder(33, figures, "test")
            + "], \"locomotives\": ["
            + Figures.entry(33, figures, "test", "")
            + "]}");
  }

  private static void holds(List<Integer> addresses, double[]... strangers) {
    Verdicts verdicts = new Verdicts();
    for (int address : addresses) {
      DrivenLine line = new DrivenLine(with(address).plan()).seconds(1);
      verdicts.hold(only(line.tour(address, 4, 6, 8, 10, 12)), SHIPPED.get(address));
    }
    for (double[] off : strangers) {
      LocomotiveCatalog catalog = strange(off[0], off[1], off[2]);
      DrivenLine line = new DrivenLine(with(33).locomotives(catalog).plan()).seconds(1);
      verdicts.hold(only(line.tour(33, 4, 7, 9, 11)), catalog.get(33));
    }
    assertThat(verdicts.all).isGreaterThan(9 * (addresses.size() + strangers.length));
    assertThat(verdicts.outside).hasSizeLessThanOrEqualTo(1 + verdicts.all / 20);
    assertThat(verdicts.farOutside).isEmpty();
  }

  @Test
  void figuresAreWithinTheirIntervals() {
    holds(List.of(54), new double[] {0.8, 1.2, 0.8});
  }

  @Test
  @Tag("deep")
  void figuresOfAllKindsAreWithinTheirIntervals() {
    double[][] strangers = {{1.2, 0.8, 1.2}, {0.8, 1.2, 0.8}, {1.15, 1.2, 1.0}};
    holds(List.of(24, 54, 58, 74, 77, 78, 79), strangers);
  }

  @Test
  void aDaysLocomotiveIsFoundNotThatOfTheTable() {
    Train train = only(new DrivenLine(with(24).seed(5).plan()).seconds(1).tour(24, 4, 10));
    Figure speed = train.levels().get(9).speed();
    assertThat(speed.value()).isNotCloseTo(343.5, within(1.0)).isCloseTo(343.5, within(9.0));
    assertThat(speed.spread()).isLessThan(0.01);
  }

  @Test
  void aLevelReachedFromAboveIsFoundByItself() {
    DrivenLine line = new DrivenLine(with(24).plan()).seconds(1).tour(24, 3, 8);
    for (int i = 0; i < 3; i++) {
      line.send(14, 24).seconds(20).send(8, 24).seconds(40).send(0, 24).seconds(10);
    }
    Level level = only(line).levels().get(7);
    assertThat(level.fromAbove().isSeen()).isTrue();
    assertThat(level.fromAbove().value()).isCloseTo(244.8, within(1.0));
    assertThat(level.speed().value()).isCloseTo(216.8, within(1.0));
  }

  @Test
  void littleDrivingMakesWideIntervalsAndAdviceAndMuchNarrowOnes() {
    Train little = only(new DrivenLine(with(24).plan()).seconds(1).tour(24, 1, 10));
    Train much = only(new DrivenLine(with(24).plan()).seconds(1).tour(24, 8, 10));
    assertThat(little.levels().get(9).stop().spread())
        .isGreaterThan(2 * much.levels().get(9).stop().spread());
    assertThat(Advice.to(little)).anyMatch(line -> line.startsWith("level 10: stop "));
    assertThat(Advice.to(much))
        .noneMatch(line -> line.startsWith("level 10: stop "))
        .anyMatch(line -> line.startsWith("not driven: levels 1 to 9, 11 to 14;"));
  }

  @Test
  void sensorsThatFailAndGhostsAreLeftOut() {
    String faults =
        """
        {"faults": [{"fault": "dead-sensor", "sensor": "E7"},
                    {"fault": "ghost-sensor", "sensor": "B16", "everySeconds": 11}]}
        """;
    FaultPlan plan = FaultPlan.parse("faults", faults);
    DrivenLine line = new DrivenLine(with(24).faults(plan).plan()).seconds(1).tour(24, 5, 9);
    Level level = only(line).levels().get(8);
    assertThat(level.speed().value()).isCloseTo(279.7, within(1.5));
    assertThat(level.stop().low()).isLessThan(308);
    assertThat(level.stop().high()).isGreaterThan(308);
  }

  @Test
  void twoTrainsThatDriveAtOnceAreToldApart() {
    Map<Integer, String> places = Map.of(24, "C13", 58, "D11");
    DrivenLine line = new DrivenLine(with(24).train(58, "D11").plan()).seconds(1);
    for (int i = 0; i < 5; i++) {
      line.send(10, 24, 11, 58).seconds(13 + 1.7 * i).send(0, 24, 0, 58).seconds(10);
    }
    List<Train> trains = Calibration.of(line.transcript(), TRACK, places).trains();
    assertThat(trains).extracting(Train::address).containsExactly(24, 58);
    trains.forEach(train -> {
      int level = train.address() == 24 ? 10 : 11;
      double truth = SHIPPED.get(train.address()).steadySpeed(level, Reached.FROM_BELOW);
      Figure speed = train.levels().get(level - 1).speed();
      assertThat(truth).isBetween(speed.low(), speed.high());
    });
  }

  @Test
  void theFileIsOneThatTrainsCanBeMadeOf() {
    DrivenLine line = new DrivenLine(with(24).plan()).seconds(1).tour(24, 4, 10);
    Calibration calibration = Calibration.of(line.transcript(), TRACK, Map.of());
    String file = calibration.document("calibrated from \"a\"");
    Locomotive made = LocomotiveCatalog.parse("loco.json", file).get(24);
    assertThat(made.steadySpeed(10, Reached.FROM_BELOW)).isCloseTo(343.5, within(1.0));
    assertThat(made.measured()).isNotEmpty().allMatch(one -> one.values().size() == 3);
  }

  @Test
  void aLineOnWhichNothingDroveHasNoTrains() {
    DrivenLine line = new DrivenLine(with(24).plan()).seconds(3);
    assertThat(Calibration.of(line.transcript(), TRACK, Map.of()).trains()).isEmpty();
  }
}
