package dev.roundhouse.devices.train.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.calibration.Twin.Row;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.Layout;
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
