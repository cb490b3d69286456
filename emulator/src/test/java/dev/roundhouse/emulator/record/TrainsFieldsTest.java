package dev.roundhouse.emulator.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.box.BoxTiming;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.RecordingException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainsFieldsTest {
  private static final int UART = 3;
  private static final int RANDOM_CHUNKS = 300;

  private static TrainSetPlan plan() {
    return TrainSetPlan.on(Layout.trackB())
        .train(24, "C13")
        .train(58, "D11")
        .turnout(5, Position.CURVED)
        .faults(
            FaultPlan.parse(
                "faults",
                "{\"faults\": [{\"fault\": \"lost-bytes\", \"chance\": 0.1, \"fromSeconds\": 1.5}]}"))
        .box(new BoxPlan.Serial(BoxTiming.STEADY))
        .seed(-7)
        .plan();
  }

  private static byte[] written(TrainSetPlan plan) throws Exception {
    return TrainsFields.write(UART, plan).take();
  }

  private static TrainSetPlan read(byte[] payload) throws RecordingException {
    FieldReader fields = new FieldReader(payload, "here");
    assertThat(fields.takeVarint()).isEqualTo(UART);
    return TrainsFields.read(fields);
  }

  @Test
  void aPlanComesBackAsItWas() throws Exception {
    TrainSetPlan plan = plan();
    TrainSetPlan back = read(written(plan));
    assertThat(back.trains()).isEqualTo(plan.trains());
    assertThat(back.turnouts()).isEqualTo(plan.turnouts());
    assertThat(back.box()).isEqualTo(new BoxPlan.Serial(BoxTiming.STEADY));
    assertThat(back.seed()).isEqualTo(-7);
    assertThat(back.faults()).isEqualTo(plan.faults());
    assertThat(back.layout().name()).isEqualTo(plan.layout().name());
    assertThat(back.layout().nodes()).isEqualTo(plan.layout().nodes());
    assertThat(back.layout().edges()).isEqualTo(plan.layout().edges());
    assertThat(back.layout().atStart(154)).isEqualTo(plan.layout().atStart(154));
    assertThat(back.locomotives().document()).isEqualTo(plan.locomotives().document());
  }

  @Test
  void aTrainAtNoSensorIsDamage() throws Exception {
    byte[] payload = written(plan());
    String text = new String(payload, ISO_8859_1);
    byte[] changed = text.replaceFirst("C13", "X99").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("a train set that cannot be")
        .hasMessageContaining("X99");
  }

  @Test
  void noContentDoesMoreHarmThanARefusal() throws Exception {
    byte[] payload = written(plan());
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < RANDOM_CHUNKS; i++) {
      byte[] changed = payload.clone();
      changed[1 + random.nextInt(60)] = (byte) random.nextInt(256);
      try {
        read(changed);
      } catch (RecordingException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(RANDOM_CHUNKS / 10);
  }
}
