package dev.roundhouse.emulator.trackserver;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.can.CanStation;
import dev.roundhouse.devices.can.TransmitResult;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.cs3.FrameBytes;
import dev.roundhouse.devices.train.cs3.MarklinId;
import dev.roundhouse.emulator.lines.OutputQueue;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.process.Notices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Ethernet side of a simulated station's bus. Clients take turns frame by frame; each hears all
 * that is on the bus but its own frames (Rocrail, mcs2.c), and no programming commands, which a
 * station keeps to the bus (modellbahn.mahrer.net).
 *
 * <p>The gateway is a part of the station: it takes a frame when the one before has been answered.
 * So a flood, whose identifier may win each arbitration, leaves the station its answers to others.
 */
final class CanGateway implements TrackWire, CanStation {
  private static final int READ_CONFIGURATION = 0x07;
  private static final int WRITE_CONFIGURATION = 0x08;

  /** In which a station answers, if it does: its delay, and the time of a frame. */
  private static final long ANSWER_NANOS = 1_000_000;

  private final VirtualClock clock;
  private final CanPort port;
  private final Alarm answer;
  private final LineWatch watch;
  private final Notices notices;
  private final Deque<CanClient> clients = new ArrayDeque<>();
  private Datagrams datagrams = (frame, from) -> {};
  private @Nullable Sending sending;
  private volatile boolean hasToldOfMalformed;

  /** A frame on its way to the bus. */
  private record Sending(CanFrame frame, CanClient from) {}

  /** Tells clients of a frame who have no connection. */
  @FunctionalInterface
  interface Datagrams {
    /** Tells all of them but the one from which it came. */
    void tell(byte[] frame, @Nullable CanClient from);
  }

  CanGateway(VirtualClock clock, Agenda agenda, CanBus bus, LineWatch watch, Notices notices) {
    this.clock = clock;
    answer = agenda.alarm("CAN clients", at -> goOn());
    this.watch = watch;
    this.notices = notices;
    port = bus.connect(this);
    port.setMode(CanPort.Mode.ON);
  }

  /** Has frames told to clients without a connection too. */
  void tellBy(Datagrams newDatagrams) {
    datagrams = newDatagrams;
  }

  @Override
  public CanClient client(OutputQueue answers, int mostWaiting) {
    return new CanClient(answers, mostWaiting, this::tellOfMalformed);
  }

  /** Tells once that somebody has sent what is no frame. */
  void tellOfMalformed() {
    if (!hasToldOfMalformed) {
      hasToldOfMalformed = true;
      notices.say(
          "track: a client sends what is no frame of 13 bytes with at most 8 of data; it is"
              + " dropped");
    }
  }

  @Override
  public void join(TrackClient client) {
    if (client instanceof CanClient can) {
      clients.add(can);
    }
  }

  @Override
  public void leave(TrackClient client) {
    if (client instanceof CanClient can) {
      can.leave();
    }
  }

  @Override
  public void goOn() {
    clients.removeIf(CanClient::isOver);
    if (sending == null && !answer.isSet() && clients.stream().anyMatch(CanClient::hasNext)) {
      port.request();
    }
  }

  @Override
  public String name() {
    return "clients";
  }

  @Override
  public Optional<CanFrame> frameToSend() {
    for (int i = clients.size(); sending == null && !answer.isSet() && i > 0; i--) {
      CanClient client = clients.remove();
      clients.add(client);
      if (client.hasNext()) {
        sending = new Sending(client.next(), client);
      }
    }
    return Optional.ofNullable(sending).map(Sending::frame);
  }

  @Override
  public void transmitted(TransmitResult result) {
    Sending sent = sending;
    if (sent != null && result == TransmitResult.SENT) {
      sending = null;
      answer.setAt(clock.nanos() + ANSWER_NANOS);
      watch.frameToBox(clock.nanos(), sent.frame());
      tell(sent.frame(), sent.from());
    }
    if (sending != null) {
      port.request();
    }
    goOn();
  }

  @Override
  public void received(CanFrame frame) {
    watch.frameFromBox(clock.nanos(), frame);
    tell(frame, null);
    answer.cancel();
    goOn();
  }

  private void tell(CanFrame frame, @Nullable CanClient from) {
    int command = MarklinId.of(frame.id()).command();
    if (command == READ_CONFIGURATION || command == WRITE_CONFIGURATION) {
      return;
    }
    byte[] bytes = FrameBytes.of(frame);
    clients.stream().filter(client -> client != from).forEach(client -> client.hear(bytes));
    datagrams.tell(bytes, from);
  }

  @Override
  public boolean maySendUnasked() {
    return true;
  }
}
