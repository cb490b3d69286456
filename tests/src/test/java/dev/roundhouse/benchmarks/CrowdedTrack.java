package dev.roundhouse.benchmarks;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.box.BoxTiming;
import dev.roundhouse.devices.train.box.MarklinBox;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import dev.roundhouse.devices.train.track.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A generated layout with two trains in each loop and a box whose sensors are polled without pause.
 * A box addresses 80 locomotives, so the trains are commanded on the rails themselves.
 */
public final class CrowdedTrack implements UartPort {
  private static final int LOCOMOTIVE = 24;
  private static final int READ_ALL_MODULES = 128 + 31;
  private static final int ANSWER_BYTES = 2 * 31;
  private static final int LOWEST_LEVEL = 8;
  private static final int LEVELS = 6;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final List<String> warnings = new ArrayList<>();
  private final int loops;
  private final Track track;
  private final MarklinBox box;
  private final Alarm nextRead = agenda.alarm("next read", this::read);
  private int answered = ANSWER_BYTES;
  private long events;

  /** All trains stand. */
  public CrowdedTrack(int loops, long seed) {
    this.loops = loops;
    SplittableRandom chance = new SplittableRandom(seed);
    Journal journal = new Journal(clock, new SilentTrace(), (where, what) -> warnings.add(what));
    SensorModules modules = new SensorModules();
    track =
        new Track(
            new TrainServices(clock, agenda, journal, chance.split()),
            GeneratedLayout.of(loops, seed),
            modules);
    box =
        new MarklinBox(
            new TrainServices(clock, agenda, journal, chance.split()),
            BoxTiming.MEASURED,
            modules,
            track);
    box.connect(this);
    Locomotive model = LocomotiveCatalog.shipped(BoxKind.SERIAL_6051).get(LOCOMOTIVE);
    for (int loop = 0; loop < loops; loop++) {
      track.place(model.withAddress(first(loop)), GeneratedLayout.first(loop));
      track.place(model.withAddress(second(loop)), GeneratedLayout.second(loop));
    }
  }

  private static int first(int loop) {
    return 2 * loop + 1;
  }

  private static int second(int loop) {
    return 2 * loop + 2;
  }

  /** Lets all trains run, those of a loop at the same level. */
  public void start() {
    for (int loop = 0; loop < loops; loop++) {
      int level = LOWEST_LEVEL + loop % LEVELS;
      track.speed(first(loop), level, Light.OFF);
      track.speed(second(loop), level, Light.OFF);
    }
  }

  /** Lets virtual time pass. */
  public void pass(long nanos) {
    long until = clock.nanos() + nanos;
    while (agenda.nextNanos() <= until) {
      clock.advanceTo(agenda.nextNanos());
      agenda.runDue(clock.nanos());
      events++;
      poll();
    }
    clock.advanceTo(until);
  }

  private void poll() {
    if (answered == ANSWER_BYTES && !box.clearToSendMayChange() && !nextRead.isSet()) {
      nextRead.setAt(clock.nanos() + SerialFormat.MARKLIN.frameNanos());
    }
  }

  private void read(long atNanos) {
    answered = 0;
    box.frameFromUart(READ_ALL_MODULES);
  }

  /** The moments at which something fell due. */
  public long events() {
    return events;
  }

  /** Accidents and misuse. */
  public List<String> warnings() {
    return warnings;
  }

  /** The track. */
  public Track track() {
    return track;
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    answered++;
  }

  @Override
  public void setCts(Signal level) {
    // Asked for where it matters.
  }

  @Override
  public SerialFormat format() {
    return SerialFormat.MARKLIN;
  }
}
