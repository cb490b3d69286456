package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.motion.Body.Heading;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A box on a bench: a hand on its cable, and what it does to the track written down. */
final class BoxBench implements UartPort, Trackside {
  static final long MILLI = 1_000_000;
  static final long FRAME = SerialFormat.MARKLIN.frameNanos();
  static final long HEARD = SerialFormat.MARKLIN.heardNanos();

  record Timed<T>(long nanos, T what) {}

  final VirtualClock clock = new VirtualClock();
  final Agenda agenda = new Agenda();
  final List<String> warnings = new ArrayList<>();
  final List<String> acts = new ArrayList<>();
  final List<Timed<Integer>> answered = new ArrayList<>();
  final List<Long> begun = new ArrayList<>();
  final List<Timed<Signal>> clearToSend = new ArrayList<>();
  final SensorModules modules = new SensorModules();
  final MarklinBox box;
  SerialFormat format = SerialFormat.MARKLIN;
  long throwNanos = 60 * MILLI;
  private long poweredSince;

  BoxBench(BoxTiming timing, long seed) {
    Journal journal = new Journal(clock, new SilentTrace(), (where, what) -> warnings.add(what));
    box =
        new MarklinBox(
            new TrainServices(clock, agenda, journal, new SplittableRandom(seed)),
            timing,
            modules,
            this);
    box.connect(this);
    clearToSend.clear();
  }

  static BoxBench steady() {
    return new BoxBench(BoxTiming.STEADY, 1);
  }

  void advanceTo(long nanos) {
    while (agenda.nextNanos() <= nanos) {
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(nanos);
  }

  void advance(long nanos) {
    advanceTo(clock.nanos() + nanos);
  }

  /** Sends as a well-behaved program: each byte when clear to send is asserted. */
  void send(int... bytes) {
    for (int value : bytes) {
      while (!isClear()) {
        advanceTo(agenda.nextNanos());
      }
      sendNow(value);
    }
  }

  /** Sends as a program that does not look at clear to send. */
  void sendNow(int value) {
    advance(format.heardNanos());
    box.frameFromUart(value);
    advance(format.frameNanos() - format.heardNanos());
  }

  boolean isClear() {
    return clearToSend.isEmpty() || clearToSend.getLast().what() == Signal.ASSERTED;
  }

  List<Integer> answer() {
    return answered.stream().map(Timed::what).toList();
  }

  @Override
  public void frameBegins(SerialFormat sentAs) {
    begun.add(clock.nanos());
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    answered.add(new Timed<>(clock.nanos(), value));
  }

  @Override
  public void setCts(Signal state) {
    if (clearToSend.isEmpty() || clearToSend.getLast().what() != state) {
      clearToSend.add(new Timed<>(clock.nanos(), state));
    }
  }

  @Override
  public SerialFormat format() {
    return format;
  }

  @Override
  public void speed(int locomotive, int level, Light light) {
    acts.add("speed " + locomotive + " " + level + " " + light);
  }

  @Override
  public void reverse(int locomotive, Light light) {
    acts.add("reverse " + locomotive + " " + light);
  }

  @Override
  public void head(int locomotive, Heading heading, Turning turning) {
    throw new UnsupportedOperationException("a 6051 knows no directions");
  }

  @Override
  public void halt(int locomotive) {
    throw new UnsupportedOperationException("a 6051 has no emergency stop");
  }

  @Override
  public void light(int locomotive, Light light) {
    throw new UnsupportedOperationException("a 6051 tells the light with the speed");
  }

  @Override
  public boolean has(int locomotive) {
    throw new UnsupportedOperationException("a 6051 hears nothing of locomotives");
  }

  @Override
  public void functions(int locomotive, int bits) {
    acts.add("functions " + locomotive + " " + bits);
  }

  @Override
  public void throwTurnout(int turnout, Position position) {
    acts.add("turnout " + turnout + " " + position);
  }

  @Override
  public long throwNanos(int turnout) {
    return throwNanos;
  }

  @Override
  public long poweredSince() {
    return poweredSince;
  }

  @Override
  public void power(Power power) {
    poweredSince = power == Power.ON ? Math.min(poweredSince, clock.nanos()) : Long.MAX_VALUE;
    acts.add("power " + power);
  }
}
