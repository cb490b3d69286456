package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.box.BoxTiming;
import dev.roundhouse.devices.train.box.MarklinBox;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Reads modules as a program must: through a box. */
final class ReadableModules implements UartPort {
  private static final long LONG_ENOUGH = 100_000_000;

  private final List<Integer> bytes = new ArrayList<>();
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final MarklinBox box;

  ReadableModules(SensorModules modules) {
    Journal journal = new Journal(clock, new SilentTrace(), (where, what) -> {});
    SplittableRandom chance = new SplittableRandom(1);
    box =
        new MarklinBox(
            new TrainServices(clock, agenda, journal, chance),
            BoxTiming.STEADY,
            modules,
            TrackBench.trackA().track);
    box.connect(this);
  }

  /** Whether a contact is closed now: still seen after a read has cleared the latch. */
  boolean isClosed(int module, int contact) {
    read(module);
    bytes.clear();
    read(module);
    int value = bytes.get(0) << 8 | bytes.get(1);
    return (value >>> (SensorModules.CONTACTS - contact) & 1) != 0;
  }

  private void read(int module) {
    box.frameFromUart(192 + module);
    long until = clock.nanos() + LONG_ENOUGH;
    while (agenda.nextNanos() <= until) {
      clock.advanceTo(agenda.nextNanos());
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(until);
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    bytes.add(value);
  }

  @Override
  public void setCts(Signal state) {
    // It waits long enough.
  }

  @Override
  public SerialFormat format() {
    return SerialFormat.MARKLIN;
  }
}
