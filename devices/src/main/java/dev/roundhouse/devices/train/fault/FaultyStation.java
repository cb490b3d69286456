package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanBus.Disturbance;
import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.cs3.CentralStation;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.List;

/** A Central Station and its bus as faults strike them. */
public record FaultyStation(CentralStation station, CanBus bus, TrainServices services)
    implements FaultyBox {
  /** A bit within each frame, behind the first ones of its identifier. */
  private static final int FIRST_BIT = 12;

  private static final int LAST_BIT = 60;

  @Override
  public void check(Fault fault) {
    if (fault instanceof Fault.LostBytes) {
      throw new DescriptionException(
          fault.text() + " needs a box at a serial line; on CAN frames are lost: frame-lost");
    }
  }

  @Override
  public void strike(List<Fault> present) {
    station.loseBy(lost(Fault.chance(present, Fault.FrameLost.class, Fault.FrameLost::chance)));
    boolean isBusOff = present.stream().anyMatch(Fault.BusOff.class::isInstance);
    double destroyed =
        isBusOff ? 1 : Fault.chance(present, Fault.BusError.class, Fault.BusError::chance);
    bus.disturbBy(frame -> happens(destroyed) ? someBit() : Disturbance.NONE);
    if (present.stream().anyMatch(FaultyStation::switchesOff)) {
      station.setState(CentralStation.State.OFF);
    } else if (present.stream().anyMatch(FaultyStation::silences)) {
      station.setState(CentralStation.State.SILENT);
    } else {
      station.setState(CentralStation.State.ON);
    }
  }

  private static boolean switchesOff(Fault fault) {
    return fault instanceof Fault.BoxOff || fault instanceof Fault.BoxRestarted;
  }

  private static boolean silences(Fault fault) {
    return fault instanceof Fault.CablePulled || fault instanceof Fault.SecondStationSilent;
  }

  private CentralStation.Loss lost(double chance) {
    return frame -> {
      boolean isLost = happens(chance);
      if (isLost) {
        services.journal().report(new TrainEvent.FaultChanged("frame-lost", frame + " is lost"));
      }
      return isLost;
    };
  }

  private boolean happens(double chance) {
    return chance > 0 && services.chance().nextDouble() < chance;
  }

  private int someBit() {
    return services.chance().nextInt(FIRST_BIT, LAST_BIT);
  }
}
