package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.box.MarklinBox;
import java.util.List;

/** A 6051 and its line as faults strike them. */
public record FaultySerialBox(MarklinBox box, LossyLine line) implements FaultyBox {
  @Override
  public void check(Fault fault) {
    switch (fault) {
      case Fault.FrameLost _,
          Fault.BusError _,
          Fault.BusOff _,
          Fault.SecondStationSilent _,
          Fault.BoxRestarted _ ->
          throw new DescriptionException(fault.text() + " needs a box on CAN, as Track C has");
      default -> {
        // It has the others.
      }
    }
  }

  @Override
  public void strike(List<Fault> present) {
    line.setLost(Fault.chance(present, Fault.LostBytes.class, Fault.LostBytes::chance));
    if (present.stream().anyMatch(Fault.BoxOff.class::isInstance)) {
      box.setState(MarklinBox.State.SWITCHED_OFF);
    } else if (present.stream().anyMatch(Fault.CablePulled.class::isInstance)) {
      box.setState(MarklinBox.State.UNPLUGGED);
    } else {
      box.setState(MarklinBox.State.CONNECTED);
    }
  }
}
