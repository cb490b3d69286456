package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.text.Words;
import dev.roundhouse.devices.train.box.SensorModules;

/** A frame's meaning in words, for people. */
public final class MessageText {
  private static final int FIRST_STRANGE_BANK = 27;
  private static final int LONGEST_NAME = 8;

  private MessageText() {}

  /** What a frame says. */
  public static String of(CanFrame frame) {
    return of(StationMessage.of(frame));
  }

  private static String of(StationMessage message) {
    return switch (message) {
      case StationMessage.OfRails rails -> ofRails(rails);
      case StationMessage.OfContacts contacts -> ofContacts(contacts);
      case StationMessage.OfDevices devices -> ofDevices(devices);
      case StationMessage.Unknown(String why) -> why + " is not known";
    };
  }

  private static String ofRails(StationMessage.OfRails message) {
    return switch (message) {
      case StationMessage.SystemCommand(int uid, var order) -> system(uid, order);
      case StationMessage.Setting(int uid, var what, int value) ->
          switch (what) {
            case SWITCHING_TIME -> "switching time " + (value == 0 ? "as shipped" : millis(value));
            case LOCOMOTIVE_PROTOCOL -> RailAddress.text(uid) + ": protocol variant " + value;
            case PROTOCOLS -> "rail protocols %02x".formatted(value);
            case MFX_COUNTER -> "mfx counter " + value;
          };
      case StationMessage.Status(int uid, int channel, var value) ->
          RailAddress.text(uid)
              + ": channel "
              + channel
              + (value.isPresent() ? " is " + value.getAsInt() : "?");
      case StationMessage.Overload(int uid, int channel) ->
          RailAddress.text(uid) + ": overload of channel " + channel;
      case StationMessage.Speed(int uid, var speed) ->
          RailAddress.text(uid)
              + (speed.isPresent()
                  ? ": speed %d (step %d)"
                      .formatted(speed.getAsInt(), SpeedStep.of(speed.getAsInt()))
                  : ": speed?");
      case StationMessage.Direction(int uid, var direction) ->
          RailAddress.text(uid)
              + ": direction"
              + (direction.isPresent() ? " " + direction(direction.getAsInt()) : "?");
      case StationMessage.Function(int uid, int function, var value) ->
          RailAddress.text(uid)
              + (function == 0 ? ": light" : ": f" + function)
              + (value.isPresent() ? onOff(value.getAsInt()) : "?");
      case StationMessage.Accessory accessory -> accessory(accessory);
    };
  }

  private static String ofContacts(StationMessage.OfContacts message) {
    return switch (message) {
      case StationMessage.PollModules(_, int modules) -> "contacts of " + modules + " modules?";
      case StationMessage.ModuleState(_, int module, int contacts) -> module(module, contacts);
      case StationMessage.AskContacts(_, int first, int last) ->
          "contact " + contact(first) + (last == first ? "?" : " to " + contact(last) + "?");
      case StationMessage.Contact(int device, int contact, int before, int now, int time) ->
          "contact %s%s: %s, was %s for %s%s"
              .formatted(
                  contact(contact),
                  device == 0 ? "" : " of device " + device,
                  closed(now),
                  closed(before),
                  millis(time),
                  time == 0xFFFF ? " or longer" : "");
    };
  }

  private static String ofDevices(StationMessage.OfDevices message) {
    return switch (message) {
      case StationMessage.Ping() -> "who is there?";
      case StationMessage.Device(int uid, int version, int type) ->
          "device %08x is there, version %d.%d, type %04x"
              .formatted(uid, version >>> Byte.SIZE, version & 0xFF, type);
      case StationMessage.Boot() -> "boot loader";
      case StationMessage.AskDescription(int uid, int index) ->
          RailAddress.text(uid) + ": description " + index + "?";
      case StationMessage.DescriptionPart(int number, long bytes) ->
          "description, part %d: %016x".formatted(number, bytes);
      case StationMessage.DescriptionEnd(int uid, int index, int parts) ->
          RailAddress.text(uid) + ": description " + index + " had " + parts + " parts";
      case StationMessage.FileName(String name) ->
          "file \"" + Printable.line(name, LONGEST_NAME) + "\"";
      case StationMessage.FileStart(int length, int crc) ->
          "file of %d bytes, CRC %04x".formatted(length, crc);
      case StationMessage.FilePart(long bytes) -> "file: %016x".formatted(bytes);
    };
  }

  private static String system(int uid, StationMessage.Order order) {
    return switch (order) {
      case STOP -> "stop: power off";
      case GO -> "go: power on";
      case HALT -> "halt: all trains stop";
      case EMERGENCY_STOP, DROP -> RailAddress.text(uid) + ": " + Words.of(order).replace('-', ' ');
    };
  }

  private static String direction(int direction) {
    return switch (direction) {
      case 0 -> "as it is";
      case 1 -> "forward";
      case 2 -> "backward";
      case 3 -> "changes";
      default -> direction + " is not known";
    };
  }

  private static String accessory(StationMessage.Accessory accessory) {
    String position =
        switch (accessory.position()) {
          case 0 -> "curved";
          case 1 -> "straight";
          default -> "position " + accessory.position();
        };
    String time = accessory.hundredths().isPresent() ? " for " : "";
    int hundredths = accessory.hundredths().orElse(0);
    return RailAddress.text(accessory.uid())
        + ": "
        + position
        + ", current"
        + onOff(accessory.current())
        + time
        + (time.isEmpty() ? "" : hundredths == 0 ? "ever" : millis(hundredths));
  }

  private static String module(int module, int contacts) {
    StringBuilder text = new StringBuilder("module " + (module + 1) + ":");
    for (int n = 0; n < SensorModules.CONTACTS; n++) {
      if ((contacts >>> n & 1) == 1) {
        text.append(' ').append(contact(module * SensorModules.CONTACTS + n + 1));
      }
    }
    return contacts == 0 ? text.append(" none").toString() : text.toString();
  }

  /** Contacts of the first 26 modules are named as the University of Waterloo does, A1 to Z16. */
  private static String contact(int contact) {
    int module = (contact - 1) / SensorModules.CONTACTS + 1;
    int number = (contact - 1) % SensorModules.CONTACTS + 1;
    return contact == 0 || module >= FIRST_STRANGE_BANK
        ? Integer.toString(contact)
        : (char) ('A' + module - 1) + Integer.toString(number);
  }

  private static String closed(int state) {
    return state == 0 ? "open" : "closed";
  }

  private static String onOff(int value) {
    return value == 0 ? " off" : value == 1 ? " on" : " " + value;
  }

  private static String millis(int hundredths) {
    return hundredths * 10 + " ms";
  }
}
