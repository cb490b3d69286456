package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.LinkedHashSet;
import java.util.Set;

/** The contacts that trains close; a sensor and its reverse may have the same one. */
final class Sensors {
  private final SensorModules modules;
  private final Journal journal;
  private final Set<Role> dead = new LinkedHashSet<>();
  private final Set<Role> held = new LinkedHashSet<>();

  Sensors(SensorModules modules, Journal journal) {
    this.modules = modules;
    this.journal = journal;
  }

  /** A pick-up reaches a node. */
  void reached(Node node, int train) {
    if (!(node.role() instanceof Role.Sensor(int module, int contact))) {
      return;
    }
    if (dead.contains(node.role())) {
      String unseen = "train " + train + " passes it unseen";
      journal.report(new TrainEvent.FaultChanged("dead-sensor " + node.name(), unseen));
    } else {
      modules.close(module, contact);
      journal.report(new TrainEvent.SensorTriggered(node.name(), train));
    }
  }

  /** A pick-up has left a node. */
  void left(Node node) {
    if (node.role() instanceof Role.Sensor(int module, int contact)
        && !held.contains(node.role())) {
      modules.open(module, contact);
    }
  }

  /** A contact is closed all the time. */
  void hold(Node node) {
    if (node.role() instanceof Role.Sensor(int module, int contact) && held.add(node.role())) {
      modules.close(module, contact);
    }
  }

  /** A contact that was is not any more. */
  void release(Node node) {
    held.remove(node.role());
    left(node);
  }

  /** A contact closes though no train is there. */
  void pulse(Node node) {
    if (node.role() instanceof Role.Sensor(int module, int contact)) {
      modules.pulse(module, contact);
      journal.report(new TrainEvent.SensorTriggered(node.name(), SensorHit.NOBODY));
    }
  }

  void kill(Node node) {
    dead.add(node.role());
  }

  void revive(Node node) {
    dead.remove(node.role());
  }
}
