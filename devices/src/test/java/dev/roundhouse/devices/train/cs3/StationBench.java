package dev.roundhouse.devices.train.cs3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.can.CanStation;
import dev.roundhouse.devices.can.TransmitResult;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.BoxCable;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.track.TrainView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A train set on CAN with a program at the other end of the bus, played by the test. */
final class StationBench implements CanStation {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;

  /** A frame that the program has received, and when its end was. */
  record Heard(long nanos, CanFrame frame) {
    @Override
    public String toString() {
      return frame.toString();
    }
  }

  final VirtualClock clock = new VirtualClock();
  final Agenda agenda = new Agenda();
  final List<String> warnings = new ArrayList<>();
  final List<Heard> heard = new ArrayList<>();
  final List<TransmitResult> results = new ArrayList<>();
  final TrainSet trains;
  private final CanPort port;
  private final ArrayDeque<CanFrame> toSend = new ArrayDeque<>();
  long sentAt;
  int wakeUps;

  StationBench(TrainSetPlan plan) {
    trains =
        plan.in(
            new TrainSet.Machine(
                clock, agenda, new SilentTrace(), (where, what) -> warnings.add(what)));
    BoxCable.Can cable = (BoxCable.Can) trains.cable();
    port = cable.bus().connect(this);
    port.setMode(CanPort.Mode.ON);
    pass(MILLI);
  }

  /** As candump writes it: {@code 00080300#0000000E01C3}. */
  static CanFrame frame(String text) {
    String[] parts = text.split("#", 2);
    String data = parts[1];
    return CanFrame.of(
        Integer.parseUnsignedInt(parts[0], 16),
        data.length() / 2,
        Long.parseUnsignedLong((data + "0".repeat(16)).substring(0, 16), 16));
  }

  /** Sends a frame and lets 5 ms pass: what has come since, without what was there before. */
  List<String> say(String text) {
    heard.clear();
    toSend.add(frame(text));
    port.request();
    pass(5 * MILLI);
    return heardTexts();
  }

  List<String> heardTexts() {
    return heard.stream().map(Heard::toString).toList();
  }

  void pass(long nanos) {
    long until = clock.nanos() + nanos;
    while (agenda.nextNanos() <= until) {
      wakeUps++;
      assertThat(wakeUps).isLessThan(10_000_000);
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(until);
  }

  TrainView train(int number) {
    return trains.track().view(number).orElseThrow();
  }

  @Override
  public String name() {
    return "program";
  }

  @Override
  public Optional<CanFrame> frameToSend() {
    return Optional.ofNullable(toSend.peek());
  }

  @Override
  public void transmitted(TransmitResult result) {
    results.add(result);
    if (result == TransmitResult.SENT) {
      sentAt = clock.nanos();
      toSend.poll();
    }
    if (!toSend.isEmpty()) {
      port.request();
    }
  }

  @Override
  public void received(CanFrame frame) {
    heard.add(new Heard(clock.nanos(), frame));
  }

  @Override
  public boolean maySendUnasked() {
    return false;
  }
}
