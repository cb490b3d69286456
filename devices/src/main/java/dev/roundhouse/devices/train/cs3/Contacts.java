package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.train.box.BoxCommand.Reset;
import dev.roundhouse.devices.train.box.CommandDecoder;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.function.Consumer;

/**
 * The s88 modules as a station knows them: it looks at them on a grid of time, and reports what has
 * changed since. A contact that was closed in between is reported as closed and, at the next look,
 * as open. Nothing is looked at while nothing changes.
 */
final class Contacts {
  /** Modules that there can be. */
  static final int MODULES = CommandDecoder.MODULES;

  private static final int PER_MODULE = SensorModules.CONTACTS;

  /** Contacts that there can be. */
  static final int COUNT = MODULES * PER_MODULE;

  private static final long NANOS_PER_HUNDREDTH = 10_000_000;
  private static final int MOST_HUNDREDTHS = 0xFFFF;

  private final TrainServices services;
  private final StationSettings settings;
  private final SensorModules modules;
  private final Consumer<StationMessage.Contact> changed;
  private final Alarm look;
  private final int[] known = new int[MODULES + 1];
  private final long[] since = new long[COUNT + 1];

  /**
   * All of them open.
   *
   * @param changed is told what has changed
   */
  Contacts(
      TrainServices services,
      StationSettings settings,
      SensorModules modules,
      Consumer<StationMessage.Contact> changed) {
    this.services = services;
    this.settings = settings;
    this.modules = modules;
    this.changed = changed;
    look = services.agenda().alarm("CS3 contacts", this::look);
    modules.watchedBy(this::awaitLook);
  }

  private void awaitLook() {
    if (!look.isSet()) {
      long cycle = settings.contactCycleNanos();
      look.setAt((services.clock().nanos() / cycle + 1) * cycle);
    }
  }

  private void look(long now) {
    for (int module = 1; module <= MODULES; module++) {
      int is = modules.read(module, Reset.ON);
      int differs = is ^ known[module];
      known[module] = is;
      for (int n = 1; differs != 0 && n <= PER_MODULE; n++) {
        if ((differs & bit(n)) != 0) {
          int contact = (module - 1) * PER_MODULE + n;
          int hundredths = hundredths(contact);
          since[contact] = now;
          changed.accept(state(contact, (is & bit(n)) == 0, hundredths));
        }
      }
      if (modules.read(module, Reset.OFF) != is) {
        awaitLook();
      }
    }
  }

  /** How a contact is, as if it had just been the other way; open if there is none. */
  StationMessage.Contact state(int contact) {
    boolean exists = contact >= 1 && contact <= COUNT;
    int module = (contact - 1) / PER_MODULE + 1;
    int n = (contact - 1) % PER_MODULE + 1;
    boolean isOpen = !exists || (known[module] & bit(n)) == 0;
    return state(contact, isOpen, exists ? hundredths(contact) : MOST_HUNDREDTHS);
  }

  private StationMessage.Contact state(int contact, boolean isOpen, int hundredths) {
    int closed = settings.closedState();
    return new StationMessage.Contact(
        settings.contactDevice(), contact, isOpen ? closed : 0, isOpen ? 0 : closed, hundredths);
  }

  /** A module's contacts, the first in the lowest bit, as Rocrail and JMRI read them. */
  int module(int module) {
    return module < 1 || module > MODULES
        ? 0
        : Integer.reverse(known[module]) >>> (Integer.SIZE - PER_MODULE);
  }

  private int hundredths(int contact) {
    long passed = (services.clock().nanos() - since[contact]) / NANOS_PER_HUNDREDTH;
    return (int) Math.min(passed, MOST_HUNDREDTHS);
  }

  private static int bit(int n) {
    return 1 << (PER_MODULE - n);
  }
}
