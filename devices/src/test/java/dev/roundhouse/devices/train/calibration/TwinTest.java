package dev.roundhouse.devices.train.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Transcript.Sent;
import dev.roundhouse.devices.train.calibration.Twin.Row;
import dev.roundhouse.devices.train.cs3.StationCommand;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.Locomotive.Reached;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwinTest {
  private static TrainSetPlan.Builder plan() {
    return TrainSetPlan.on(Layout.trackA()).train(24, "C13");
  }

  private static Transcript driven(TrainSetPlan plan) {
    return new DrivenLine(plan).seconds(1).tour(24, 2, 9, 11).transcript();
  }

  @Test
  void aSimulationIsItsOwnTwin() {
    Twin twin = Twin.of(driven(plan().plan()), plan().plan(), 1);
    assertThat(twin.parting()).isEmpty();
    assertThat(twin.rows()).hasSizeGreaterThan(30);
    assertThat(twin.rows())
        .allSatisfy(row -> {
          assertThat(row.train()).hasValue(24);
          assertThat(Math.abs(row.difference().orElseThrow())).isLessThan(0.05);
        });
  }

  @Test
  void aSlowerLocomotiveIsLaterAndLaterUntilTheyPart() {
    String faults =
        "{\"faults\": [{\"fault\": \"slow-locomotive\", \"train\": 24, \"speedFactor\": 0.95}]}";
    TrainSetPlan slower = plan().faults(FaultPlan.parse("faults", faults)).plan();
    Twin twin = Twin.of(driven(plan().plan()), slower, 1);
    double first = twin.rows().getFirst().difference().orElseThrow();
    Row last = twin.rows().get(twin.rows().indexOf(twin.parting().orElseThrow()) - 1);
    assertThat(first).isGreaterThan(0.01);
    assertThat(last.difference().orElseThrow()).isGreaterThan(2 * first);
  }

  /** Drives train 14 round Track C by a Central Station, with two starts and stops. */
  private static Transcript drivenByFrames(TrainSetPlan plan) {
    Simulation simulation = new Simulation(plan, BoxKind.CS3, new SilentTrace());
    simulation.advanceTo(1_000_000_000L);
    long now = 1_000_000_000L;
    for (int step : new int[] {9, 0, 10, 0, 11, 0}) {
      simulation.send(new Sent.OfBus(now, StationCommand.speedStep(14, step)));
      now += step == 0 ? 12_000_000_000L : 26_000_000_000L;
      simulation.advanceTo(now);
    }
    return simulation.heard();
  }

  @Test
  void framesToACentralStationAreUnderstoodAndHaveATwinBehindOne() {
    TrainSetPlan plan = TrainSetPlan.on(Layout.trackC()).train(14, "C13").plan();
    Transcript driven = drivenByFrames(plan);
    assertThat(driven.commands()).hasSize(6);
    Twin twin = Twin.of(driven, plan, 1);
    assertThat(twin.parting()).isEmpty();
    assertThat(twin.rows()).hasSizeGreaterThan(20);
    Calibration.Train train = Calibration.of(driven, Layout.trackC(), Map.of()).trains().getFirst();
    Locomotive truth = LocomotiveCatalog.shipped(BoxKind.CS3).get(14);
    for (int level = 9; level <= 11; level++) {
      Calibration.Figure speed = train.levels().get(level - 1).speed();
      assertThat(truth.steadySpeed(level, Reached.FROM_BELOW)).isBetween(speed.low(), speed.high());
      assertThat(speed.spread()).isLessThan(0.05);
    }
  }

  @Test
  void theyPartAtTheFirstContactBehindATurnoutThatLiesOtherwise() {
    Twin same = Twin.of(driven(plan().plan()), plan().plan(), 1);
    Twin twin = Twin.of(driven(plan().plan()), plan().turnout(14, Position.CURVED).plan(), 1);
    Row parting = twin.parting().orElseThrow();
    int before = twin.rows().indexOf(parting);
    assertThat(before).isLessThan(same.rows().size() - 5);
    assertThat(twin.rows().subList(0, before)).isEqualTo(same.rows().subList(0, before));
  }
}
