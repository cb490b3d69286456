package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.can.CanStation;
import dev.roundhouse.devices.can.TransmitResult;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.train.cs3.MarklinId.Kind;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.Optional;

/**
 * A Märklin Central Station 3 on its CAN bus ("CAN CS2 Protokoll 2.0"; docs/can.md says what of it
 * is inferred): it does what commands say, answers each with the command and the response bit, and
 * reports contacts.
 */
public final class CentralStation implements CanStation {
  /** Its name on the bus. */
  public static final String NAME = "CS3";

  private static final long FROM_BOOT_FRAME_TO_PING_NANOS = 1_000_000_000;

  private final TrainServices services;
  private final StationSettings settings;
  private final CanPort port;
  private final Outbox outbox;
  private final StationVoice voice;
  private final StationOrders orders;
  private final Alarm boots;
  private final Alarm pings;
  private State state = State.ON;
  private Loss loss = frame -> false;

  /** What a person may do to the station. */
  public enum State {
    /** It works. */
    ON,
    /** Its cable to the bus is pulled; the trains go on. */
    SILENT,
    /** It is switched off: no power on the rails, and it has forgotten everything. */
    OFF
  }

  /** Which frames to and from it are lost. */
  @FunctionalInterface
  public interface Loss {
    /** Whether this one is. */
    boolean strikes(CanFrame frame);
  }

  /** A station on a bus, which is switched on. */
  public CentralStation(
      TrainServices services, StationSettings settings, StationRails rails, CanBus bus) {
    this.services = services;
    this.settings = settings;
    port = bus.connect(this);
    outbox = new Outbox(services, port, frame -> loss.strikes(frame));
    voice = new StationVoice(services, settings, outbox);
    orders = new StationOrders(services, settings, rails, voice);
    boots = services.agenda().alarm("CS3 boot frame", this::boot);
    pings = services.agenda().alarm("CS3 ping", at -> voice.ping());
    start();
  }

  /** Pulls or plugs its cable, or switches it off or on. */
  public void setState(State next) {
    if (next == state) {
      return;
    }
    State before = state;
    state = next;
    switch (next) {
      case ON -> {
        if (before == State.OFF) {
          start();
        } else {
          port.setMode(CanPort.Mode.ON);
        }
      }
      case SILENT -> {
        if (before == State.OFF) {
          start();
        }
        port.setMode(CanPort.Mode.OFF);
      }
      default -> {
        port.setMode(CanPort.Mode.OFF);
        outbox.clear();
        orders.forget();
        boots.cancel();
        pings.cancel();
      }
    }
  }

  /** Loses frames, in place of what lost them before. */
  public void loseBy(Loss newLoss) {
    loss = newLoss;
  }

  private void start() {
    port.setMode(CanPort.Mode.ON);
    orders.start();
    if (settings.unaskedNanos() > 0) {
      boots.setAt(services.clock().nanos() + settings.unaskedNanos());
    }
  }

  private void boot(long now) {
    voice.boot();
    boots.setAt(now + settings.unaskedNanos());
    pings.setAt(now + FROM_BOOT_FRAME_TO_PING_NANOS);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<CanFrame> frameToSend() {
    return outbox.first();
  }

  @Override
  public void transmitted(TransmitResult result) {
    if (result == TransmitResult.SENT) {
      outbox.sent();
    } else {
      port.request();
    }
  }

  @Override
  public void received(CanFrame frame) {
    if (MarklinId.of(frame.id()).kind() == Kind.RESPONSE || loss.strikes(frame)) {
      return;
    }
    if (services.journal().isTraced()) {
      services.journal().report(new TrainEvent.CommandTaken(MessageText.of(frame)));
    }
    orders.act(frame);
  }

  @Override
  public boolean maySendUnasked() {
    return state == State.ON;
  }
}
