package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.cs3.StationMessage.Order;
import dev.roundhouse.devices.train.cs3.StationMessage.Setup;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Reads a frame by its command and length ("CAN CS2 Protokoll 2.0", 2 to 7). */
final class MessageDecoder {
  static final int SYSTEM = 0x00;
  static final int SPEED = 0x04;
  static final int DIRECTION = 0x05;
  static final int FUNCTION = 0x06;
  static final int ACCESSORY = 0x0B;
  static final int POLL_MODULES = 0x10;
  static final int CONTACT = 0x11;
  static final int PING = 0x18;
  static final int BOOT = 0x1B;
  static final int DESCRIPTION = 0x1D;
  static final int FILE_NAME = 0x20;
  static final int FILE = 0x21;

  /** The hash of the first frame of a description, less 1. */
  static final int DESCRIPTION_HASH = 0x0300;

  private static final int LOCOMOTIVE_PROTOCOL = 0x05;
  private static final int SWITCHING_TIME = 0x06;
  private static final int PROTOCOLS = 0x08;
  private static final int MFX_COUNTER = 0x09;
  private static final int OVERLOAD = 0x0A;
  private static final int STATUS = 0x0B;

  private static final int UID = 4;
  private static final int FULL = CanFrame.MOST_BYTES;

  private final CanFrame frame;
  private final MarklinId id;
  private final int length;

  MessageDecoder(CanFrame frame) {
    this.frame = frame;
    id = MarklinId.of(frame.id());
    length = frame.length();
  }

  StationMessage message() {
    if (!FrameBytes.holds(frame)) {
      return new StationMessage.Unknown("a frame without a 29-bit identifier or without data");
    }
    return switch (id.command()) {
      case SYSTEM -> length > UID ? system() : odd();
      case SPEED, DIRECTION, FUNCTION -> locomotive();
      case ACCESSORY -> accessory();
      case POLL_MODULES, CONTACT -> contacts();
      case PING ->
          switch (length) {
            case 0 -> new StationMessage.Ping();
            case FULL -> new StationMessage.Device(uid(), half(UID), half(UID + 2));
            default -> odd();
          };
      case BOOT -> new StationMessage.Boot();
      case DESCRIPTION -> description();
      case FILE_NAME -> length == FULL ? new StationMessage.FileName(name()) : odd();
      case FILE ->
          switch (length) {
            case UID + 2, UID + 3 -> new StationMessage.FileStart(uid(), half(UID));
            case FULL -> new StationMessage.FilePart(frame.data());
            default -> odd();
          };
      default -> new StationMessage.Unknown("command %02x".formatted(id.command()));
    };
  }

  private StationMessage locomotive() {
    return switch (id.command()) {
      case SPEED ->
          switch (length) {
            case UID -> new StationMessage.Speed(uid(), OptionalInt.empty());
            case UID + 2 -> new StationMessage.Speed(uid(), OptionalInt.of(half(UID)));
            default -> odd();
          };
      case DIRECTION ->
          switch (length) {
            case UID -> new StationMessage.Direction(uid(), OptionalInt.empty());
            case UID + 1 -> new StationMessage.Direction(uid(), OptionalInt.of(at(UID)));
            default -> odd();
          };
      default ->
          switch (length) {
            case UID + 1 -> new StationMessage.Function(uid(), at(UID), OptionalInt.empty());
            case UID + 2, FULL ->
                new StationMessage.Function(uid(), at(UID), OptionalInt.of(at(UID + 1)));
            default -> odd();
          };
    };
  }

  private StationMessage to(Order order) {
    return new StationMessage.SystemCommand(uid(), order);
  }

  private StationMessage system() {
    int order = at(UID);
    return switch (order) {
      case 0 -> to(Order.STOP);
      case 1 -> to(Order.GO);
      case 2 -> to(Order.HALT);
      case 3 -> to(Order.EMERGENCY_STOP);
      case 4 -> to(Order.DROP);
      case LOCOMOTIVE_PROTOCOL -> setting(Setup.LOCOMOTIVE_PROTOCOL, UID + 2);
      case SWITCHING_TIME -> setting(Setup.SWITCHING_TIME, UID + 3);
      case PROTOCOLS -> setting(Setup.PROTOCOLS, UID + 2);
      case MFX_COUNTER -> setting(Setup.MFX_COUNTER, UID + 3);
      case OVERLOAD -> length == UID + 2 ? new StationMessage.Overload(uid(), at(UID + 1)) : odd();
      case STATUS ->
          switch (length) {
            case UID + 2 -> new StationMessage.Status(uid(), at(UID + 1), OptionalInt.empty());
            case FULL ->
                new StationMessage.Status(uid(), at(UID + 1), OptionalInt.of(half(UID + 2)));
            default -> odd();
          };
      default -> new StationMessage.Unknown("command 00, %02x".formatted(order));
    };
  }

  private StationMessage setting(Setup what, int itsLength) {
    if (length != itsLength) {
      return odd();
    }
    int value = length == UID + 2 ? at(UID + 1) : half(UID + 1);
    return new StationMessage.Setting(uid(), what, value);
  }

  private StationMessage accessory() {
    return switch (length) {
      case UID + 2 ->
          new StationMessage.Accessory(uid(), at(UID), at(UID + 1), OptionalInt.empty());
      case FULL ->
          new StationMessage.Accessory(uid(), at(UID), at(UID + 1), OptionalInt.of(half(UID + 2)));
      default -> odd();
    };
  }

  private StationMessage contacts() {
    if (id.command() == POLL_MODULES) {
      return switch (length) {
        case UID + 1 -> new StationMessage.PollModules(uid(), at(UID));
        case UID + 3 -> new StationMessage.ModuleState(uid(), at(UID), half(UID + 1));
        default -> odd();
      };
    }
    return switch (length) {
      case UID, UID + 1 -> new StationMessage.AskContacts(half(0), half(2), half(2));
      case UID + 3 -> new StationMessage.AskContacts(half(0), half(2), half(UID));
      case FULL ->
          new StationMessage.Contact(half(0), half(2), at(UID), at(UID + 1), half(UID + 2));
      default -> odd();
    };
  }

  private StationMessage description() {
    return switch (length) {
      case UID + 1 -> new StationMessage.AskDescription(uid(), at(UID));
      case UID + 2 -> new StationMessage.DescriptionEnd(uid(), at(UID), at(UID + 1));
      case FULL -> new StationMessage.DescriptionPart(id.hash() - DESCRIPTION_HASH, frame.data());
      default -> odd();
    };
  }

  private StationMessage odd() {
    return new StationMessage.Unknown("command %02x with %d bytes".formatted(id.command(), length));
  }

  private int uid() {
    return (int) (frame.data() >>> Integer.SIZE);
  }

  private int at(int index) {
    return frame.dataByte(index);
  }

  private int half(int index) {
    return at(index) << Byte.SIZE | at(index + 1);
  }

  private String name() {
    byte[] bytes = new byte[FULL];
    int end = 0;
    while (end < FULL && at(end) != 0) {
      bytes[end] = (byte) at(end);
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }
}
