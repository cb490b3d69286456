package dev.roundhouse.emulator.trackserver;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.BoxCable;
import dev.roundhouse.devices.train.box.BoxCommand;
import dev.roundhouse.emulator.lines.OutputQueue;
import dev.roundhouse.emulator.observe.LineWatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The serial line between a simulated box and its clients, with one frame at a time as on the wire.
 * Clients take turns command by command; an answer goes to the client that asked.
 */
final class TrackLine implements TrackWire, UartPort {
  private static final long HEARD = SerialFormat.MARKLIN.heardNanos();
  private static final long REST = SerialFormat.MARKLIN.frameNanos() - HEARD;

  private final VirtualClock clock;
  private final SerialPeer box;
  private final TrackServer.Patience patience;
  private final LineWatch watch;
  private final Alarm stopBit;
  private final Alarm frameEnd;
  private final Deque<SerialClient> clients = new ArrayDeque<>();
  private Optional<SerialClient> asker = Optional.empty();
  private boolean isClear = true;
  private int shifting;
  private int following = SerialClient.Command.NONE;

  TrackLine(
      VirtualClock clock,
      Agenda agenda,
      BoxCable.Serial cable,
      TrackServer.Patience patience,
      LineWatch watch) {
    this.clock = clock;
    this.patience = patience;
    this.watch = watch;
    box = cable.farEnd();
    stopBit = agenda.alarm("track stop bit", this::hear);
    frameEnd = agenda.alarm("track frame", at -> goOn());
    cable.connect(this);
  }

  @Override
  public TrackClient client(OutputQueue answers, int mostWaiting) {
    return new SerialClient(answers, mostWaiting);
  }

  @Override
  public void join(TrackClient client) {
    if (client instanceof SerialClient serial) {
      clients.add(serial);
    }
  }

  @Override
  public void leave(TrackClient client) {
    if (client instanceof SerialClient serial) {
      serial.leave();
      goOn();
    }
  }

  /** Lets the next byte begin if the line is free for it. */
  @Override
  public void goOn() {
    clients.removeIf(SerialClient::isOver);
    boolean isTaken = isClear || box.takesFrameWhileNotClear();
    boolean mustWait = patience == TrackServer.Patience.WAITS && (!isTaken || !box.inputEnded());
    if (stopBit.isSet() || frameEnd.isSet() || mustWait) {
      return;
    }
    if (following != SerialClient.Command.NONE) {
      begin(following);
      following = SerialClient.Command.NONE;
      return;
    }
    for (int i = clients.size(); i > 0; i--) {
      SerialClient client = clients.remove();
      clients.add(client);
      if (client.hasNext()) {
        begin(client.next());
        return;
      }
    }
  }

  private void begin(SerialClient.Command command) {
    following = command.second();
    if (command.meaning() instanceof BoxCommand.ReadSensors) {
      asker = Optional.of(command.from());
    }
    begin(command.first());
  }

  private void begin(int value) {
    shifting = value;
    stopBit.setAt(clock.nanos() + HEARD);
  }

  private void hear(long atNanos) {
    frameEnd.setAt(atNanos + REST);
    watch.toBox(atNanos, shifting);
    box.frameFromUart(shifting);
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    watch.fromBox(clock.nanos(), value);
    asker.ifPresent(client -> client.answer(value));
    goOn();
  }

  @Override
  public void setCts(Signal state) {
    isClear = state == Signal.ASSERTED;
    goOn();
  }

  @Override
  public SerialFormat format() {
    return SerialFormat.MARKLIN;
  }
}
