package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.box.Trackside;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.cs3.RailAddress.Range;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.event.TrainServices;
import dev.roundhouse.devices.train.motion.Body.Heading;
import java.util.OptionalInt;

/**
 * Does what commands say. The course's trains and turnouts hear Motorola: what is sent by another
 * protocol is answered, and nothing moves.
 */
final class StationOrders {
  private static final int MM2 = 1;
  private static final int ALL_PROTOCOLS = 7;
  private static final int LOCOMOTIVES = 80;
  private static final long NANOS_PER_HUNDREDTH = 10_000_000;
  private static final int CURRENT_CHANNEL = 1;
  private static final int BACKWARD = 2;
  private static final int TOGGLE = 3;

  private final TrainServices services;
  private final StationSettings settings;
  private final Trackside track;
  private final StationVoice voice;
  private final StationFiles files;
  private final RefreshCycle cycle = new RefreshCycle();
  private final Coils coils;
  private final Contacts contacts;
  private Power power = Power.OFF;
  private int protocols = ALL_PROTOCOLS;
  private long coilNanos;
  private boolean hasToldOfStrangers;

  StationOrders(
      TrainServices services, StationSettings settings, StationRails rails, StationVoice voice) {
    this.services = services;
    this.settings = settings;
    this.voice = voice;
    track = rails.track();
    files = new StationFiles(rails.trains(), rails.turnouts());
    coils = new Coils(services, track, voice::coilOff);
    contacts = new Contacts(services, settings, rails.modules(), voice::report);
    coilNanos = settings.coilNanos();
  }

  /** The station is switched on. */
  void start() {
    setPower(settings.powerAtStart());
  }

  /** The station is switched off. */
  void forget() {
    setPower(Power.OFF);
    cycle.clear();
    protocols = ALL_PROTOCOLS;
    coilNanos = settings.coilNanos();
  }

  private void setPower(Power newPower) {
    power = newPower;
    if (newPower == Power.OFF) {
      coils.switchAllOff();
    }
    track.power(newPower);
  }

  /** Obeys a command. */
  void act(CanFrame frame) {
    switch (StationMessage.of(frame)) {
      case StationMessage.SystemCommand system -> system(frame, system);
      case StationMessage.Setting setting -> set(frame, setting);
      case StationMessage.Status(int uid, int channel, var _) -> status(frame, uid, channel);
      case StationMessage.Speed speed -> speed(frame, speed);
      case StationMessage.Direction direction -> direction(frame, direction);
      case StationMessage.Function function -> function(frame, function);
      case StationMessage.Accessory accessory -> accessory(frame, accessory);
      case StationMessage.PollModules(int uid, int modules) -> poll(frame, uid, modules);
      case StationMessage.AskContacts(int device, int first, int last) -> {
        if (device == settings.contactDevice()) {
          for (int contact = first; contact <= Math.min(last, Contacts.COUNT); contact++) {
            voice.answer(frame, contacts.state(contact));
          }
        }
      }
      case StationMessage.Ping() -> voice.presence(frame);
      case StationMessage.AskDescription asked -> voice.describe(frame, asked);
      case StationMessage.FileName(String name) ->
          files.find(name).ifPresent(file -> voice.file(frame, file));
      case StationMessage.Unknown(String why) ->
          services
              .journal()
              .misuse(Misuse.UNDEFINED_COMMAND, why + " on CAN: the station does not answer");
      default -> {
        // For other devices.
      }
    }
  }

  private void system(CanFrame frame, StationMessage.SystemCommand system) {
    int uid = system.uid();
    switch (system.order()) {
      case STOP -> all(frame, uid, () -> setPower(Power.OFF));
      case GO -> all(frame, uid, () -> setPower(Power.ON));
      case HALT -> all(frame, uid, () -> cycle.all().forEach(this::halt));
      case EMERGENCY_STOP -> {
        cycle.find(uid).ifPresent(told -> told.speed = 0);
        locomotive(uid).ifPresent(track::halt);
        voice.done(frame);
      }
      default -> {
        if (voice.isMeant(uid)) {
          cycle.clear();
        } else {
          cycle.drop(uid);
        }
        voice.done(frame);
      }
    }
  }

  /** What concerns all that the station drives, if it is meant. */
  private void all(CanFrame frame, int uid, Runnable order) {
    if (voice.isMeant(uid)) {
      order.run();
      voice.done(frame);
    }
  }

  private void halt(RefreshCycle.Told told) {
    if (told.speed != 0) {
      told.speed = 0;
      tellSpeed(told);
    }
  }

  private void set(CanFrame frame, StationMessage.Setting setting) {
    boolean isLocomotives = setting.what() == StationMessage.Setup.LOCOMOTIVE_PROTOCOL;
    if (isLocomotives != voice.isMeant(setting.uid())) {
      switch (setting.what()) {
        case SWITCHING_TIME ->
            coilNanos =
                setting.value() == 0 ? settings.coilNanos() : setting.value() * NANOS_PER_HUNDREDTH;
        case PROTOCOLS -> protocols = setting.value();
        default -> {
          // Nothing of it is seen from here.
        }
      }
      voice.done(frame);
    }
  }

  /** The current on the rails is 0; the answer to an unknown channel is the question. */
  private void status(CanFrame frame, int uid, int channel) {
    if (voice.isMeant(uid)) {
      voice.answer(
          frame, channel == CURRENT_CHANNEL ? CanFrame.MOST_BYTES : frame.dlc(), frame.data());
    }
  }

  private void speed(CanFrame frame, StationMessage.Speed order) {
    int uid = order.uid();
    if (order.speed().isEmpty()) {
      cycle
          .find(uid)
          .ifPresentOrElse(
              told -> voice.answer(frame, uid, told.speed, 2), () -> voice.done(frame));
      return;
    }
    RefreshCycle.Told told = cycle.of(uid);
    told.speed = Math.min(order.speed().getAsInt(), SpeedStep.TOP_SPEED);
    tellSpeed(told);
    voice.done(frame);
  }

  private void tellSpeed(RefreshCycle.Told told) {
    locomotive(told.uid())
        .ifPresent(number -> track.speed(number, SpeedStep.of(told.speed), light(told)));
  }

  private void direction(CanFrame frame, StationMessage.Direction order) {
    int uid = order.uid();
    if (order.direction().isEmpty()) {
      int now = cycle.find(uid).filter(told -> told.isBackward).isPresent() ? BACKWARD : 1;
      voice.answer(frame, uid, now, 1);
      return;
    }
    RefreshCycle.Told told = cycle.of(uid);
    boolean wasBackward = told.isBackward;
    switch (order.direction().getAsInt()) {
      case 1 -> told.isBackward = false;
      case BACKWARD -> told.isBackward = true;
      case TOGGLE -> told.isBackward = !wasBackward;
      default -> {
        // It stays as it is.
      }
    }
    voice.done(frame);
    if (told.isBackward != wasBackward) {
      turn(told);
    }
  }

  private void turn(RefreshCycle.Told told) {
    told.speed = 0;
    Heading heading = told.isBackward ? Heading.BACKWARD : Heading.FORWARD;
    locomotive(told.uid()).ifPresent(number -> track.head(number, heading, settings.turning()));
    if (settings.speedZero() == StationSettings.SpeedZero.TOLD) {
      voice.speedZero(told.uid());
    }
  }

  private void function(CanFrame frame, StationMessage.Function order) {
    int uid = order.uid();
    int function = order.function();
    if (order.value().isEmpty()) {
      int value = cycle.find(uid).map(told -> told.function(function)).orElse(0);
      voice.answer(frame, uid, (long) function << Byte.SIZE | value, 2);
      return;
    }
    RefreshCycle.Told told = cycle.of(uid);
    told.setFunction(function, order.value().getAsInt());
    OptionalInt number = locomotive(uid);
    if (function == 0) {
      number.ifPresent(train -> track.light(train, light(told)));
    } else {
      number.ifPresent(train -> track.functions(train, told.functionBits()));
    }
    voice.done(frame);
  }

  private static Light light(RefreshCycle.Told told) {
    return told.function(0) == 0 ? Light.OFF : Light.ON;
  }

  private void accessory(CanFrame frame, StationMessage.Accessory order) {
    if (order.current() == 0) {
      coils.switchOff(order.uid());
    } else if (power == Power.ON) {
      long nanos =
          order.hundredths().isPresent()
              ? order.hundredths().getAsInt() * NANOS_PER_HUNDREDTH
              : coilNanos;
      coils.switchOn(order, turnout(order.uid()), nanos);
    }
    voice.done(frame);
  }

  private int turnout(int uid) {
    return RailAddress.of(uid)
        .filter(address -> address.range() == Range.MM2_ACCESSORY && (protocols & MM2) != 0)
        .map(RailAddress::number)
        .orElse(0);
  }

  /** Modules from the first on; Rocrail and JMRI give a module's index, 0 for the first. */
  private void poll(CanFrame frame, int uid, int modules) {
    for (int module = 0; module < Math.clamp(modules, 1, Contacts.MODULES); module++) {
      long value = (long) module << Short.SIZE | contacts.module(module + 1);
      voice.answer(frame, uid, value, 3);
    }
  }

  /** The locomotive on the track that hears a UID, if one does. */
  private OptionalInt locomotive(int uid) {
    OptionalInt number =
        RailAddress.of(uid)
            .filter(address -> address.range() == Range.MM2_LOCOMOTIVE)
            .filter(address -> address.number() <= LOCOMOTIVES && track.has(address.number()))
            .map(address -> OptionalInt.of(address.number()))
            .orElse(OptionalInt.empty());
    if (number.isEmpty() && !hasToldOfStrangers) {
      hasToldOfStrangers = true;
      services
          .journal()
          .misuse(
              Misuse.IMPOSSIBLE_NUMBER,
              RailAddress.text(uid)
                  + " is not on the track; commands for it and others that are not are answered,"
                  + " and nothing moves");
    }
    return (protocols & MM2) == 0 ? OptionalInt.empty() : number;
  }
}
