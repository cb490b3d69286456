package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.layout.Role;
import java.util.SortedSet;
import java.util.TreeSet;

/** The contacts that trains close. */
final class Sensors {
  private final SensorModules modules;
  private final Journal journal;
  private final SortedSet<String> dead = new TreeSet<>();
  private final SortedSet<String> held = new TreeSet<>();

  Sensors(SensorModules modules, Journal journal) {
    this.modules = modules;
    this.journal = journal;
  }

  /** A pick-up reaches a node. */
  void reached(Node node, int train) {
    if (!(node.role() instanceof Role.Sensor(int module, int contact))) {
      return;
    }
    if (dead.contains(node.name())) {
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
        && !held.contains(node.name())) {
      modules.open(module, contact);
    }
  }

  /** A contact is closed all the time. */
  void hold(Node node) {
    if (node.role() instanceof Role.Sensor(int module, int contact) && held.add(node.name())) {
      modules.close(module, contact);
    }
  }

  /** A contact that was is not any more. */
  void release(Node node) {
    held.remove(node.name());
    left(node);
  }

  /** A contact closes though no train is there. */
  void pulse(Node node) {
    if (node.role() instanceof Role.Sensor(int module, int contact)) {
      modules.pulse(module, contact);
      journal.report(new TrainEvent.SensorTriggered(node.name(), SensorHit.NOBODY));
    }
  }

  void kill(String sensor) {
    dead.add(sensor);
  }

  void revive(String sensor) {
    dead.remove(sensor);
  }
}
