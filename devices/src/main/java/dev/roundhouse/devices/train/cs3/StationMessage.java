package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import java.util.OptionalInt;

/**
 * A frame's meaning, whether it is a command or its response ("CAN CS2 Protokoll 2.0", 2 to 7). A
 * value that is missing is asked for.
 */
public sealed interface StationMessage {
  /** About what has power on the rails. */
  sealed interface OfRails extends StationMessage {}

  /** About contacts. */
  sealed interface OfContacts extends StationMessage {}

  /** About the devices on the bus. */
  sealed interface OfDevices extends StationMessage {}

  /** For all that have power on the rails, all locomotives, or one. */
  record SystemCommand(int uid, Order order) implements OfRails {}

  /** Something about the rails is set: command 00 with one number. */
  record Setting(int uid, Setup what, int value) implements OfRails {}

  /** A measured value of a device. */
  record Status(int uid, int channel, OptionalInt value) implements OfRails {}

  /** A device is overloaded. */
  record Overload(int uid, int channel) implements OfRails {}

  /** A locomotive's speed, 0 to 1000. */
  record Speed(int uid, OptionalInt speed) implements OfRails {}

  /** A locomotive's direction: 0 as it is, 1 forward, 2 backward, 3 the other one. */
  record Direction(int uid, OptionalInt direction) implements OfRails {}

  /** A locomotive's function; function 0 is its light. */
  record Function(int uid, int function, OptionalInt value) implements OfRails {}

  /**
   * A turnout or signal.
   *
   * @param position 0 curved or red, 1 straight or green
   * @param current 0 off
   * @param hundredths how long the current shall flow, in units of 10 ms; 0 for ever
   */
  record Accessory(int uid, int position, int current, OptionalInt hundredths) implements OfRails {}

  /** The contacts of so many modules are asked for. */
  record PollModules(int uid, int modules) implements OfContacts {}

  /** A module's 16 contacts, the first in the lowest bit. */
  record ModuleState(int uid, int module, int contacts) implements OfContacts {}

  /** Contacts are asked for. */
  record AskContacts(int device, int first, int last) implements OfContacts {}

  /**
   * A contact has changed, or was asked for.
   *
   * @param hundredths how long it was as before, in units of 10 ms; 65535 for longer
   */
  record Contact(int device, int contact, int before, int now, int hundredths)
      implements OfContacts {}

  /** Who is there? */
  record Ping() implements OfDevices {}

  /** A device is there. */
  record Device(int uid, int version, int type) implements OfDevices {}

  /** What the boot loaders of devices speak. */
  record Boot() implements OfDevices {}

  /** A description of a device is asked for. */
  record AskDescription(int uid, int index) implements OfDevices {}

  /** Eight bytes of it. */
  record DescriptionPart(int number, long bytes) implements OfDevices {}

  /** The end of it. */
  record DescriptionEnd(int uid, int index, int parts) implements OfDevices {}

  /** A file is asked for, or will follow. */
  record FileName(String name) implements OfDevices {}

  /** So many bytes will follow, with this CRC. */
  record FileStart(int length, int crc) implements OfDevices {}

  /** Eight bytes of a file. */
  record FilePart(long bytes) implements OfDevices {}

  /** No frame of the protocol. */
  record Unknown(String why) implements StationMessage {}

  /** Orders without a value. */
  enum Order {
    /** No power on the rails; nothing is forgotten. */
    STOP,
    /** Power on the rails. */
    GO,
    /** All locomotives brake to a stop; the rails keep their power. */
    HALT,
    /** A locomotive stops at once. */
    EMERGENCY_STOP,
    /** A locomotive is told nothing any more. */
    DROP
  }

  /** What {@link Setting} sets. */
  enum Setup {
    /** How long accessories' coils have current, in units of 10 ms; 0 as shipped. */
    SWITCHING_TIME,
    /** The variant of its protocol that a locomotive understands. */
    LOCOMOTIVE_PROTOCOL,
    /** Which protocols the rails speak: 1 MM2, 2 mfx, 4 DCC. */
    PROTOCOLS,
    /** The mfx registration counter. */
    MFX_COUNTER
  }

  /** What a frame means. */
  static StationMessage of(CanFrame frame) {
    return new MessageDecoder(frame).message();
  }
}
