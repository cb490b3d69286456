package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.cs3.MarklinId.Kind;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.TrainServices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a station says. There are two devices in one: the track processor, which does what it is
 * told and answers, and the user interface, which is the master, asks who is there and has the
 * files.
 */
final class StationVoice {
  /** Versions and types as in traintastic's captures of a CS2. */
  private static final int TRACK_PROCESSOR_VERSION = 0x0355;

  private static final int TRACK_PROCESSOR_TYPE = 0x0000;
  private static final int INTERFACE_VERSION = 0x0403;
  private static final int INTERFACE_TYPE = 0xFFFF;

  private static final int FULL = CanFrame.MOST_BYTES;
  private static final int UID_BITS = 32;
  private static final long UID_MASK = 0xFFFF_FFFFL;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int SERIAL_NUMBER = 1;
  private static final int ARTICLE_BYTES = 8;

  private final TrainServices services;
  private final StationSettings settings;
  private final Outbox outbox;
  private final int ownHash;
  private final int interfaceHash;

  StationVoice(TrainServices services, StationSettings settings, Outbox outbox) {
    this.services = services;
    this.settings = settings;
    this.outbox = outbox;
    ownHash = MarklinId.hashOf(settings.uid());
    interfaceHash = MarklinId.hashOf(interfaceUid());
  }

  /** The UID of the user interface. */
  int interfaceUid() {
    return settings.uid() + 1;
  }

  /** Whether a device's UID means this station. */
  boolean isMeant(int uid) {
    return uid == 0 || uid == settings.uid() || uid == interfaceUid();
  }

  /** The command itself, done. */
  void done(CanFrame command) {
    answer(command, command.dlc(), command.data());
  }

  /** The response to a command with other data. */
  void answer(CanFrame command, int length, long data) {
    MarklinId id = MarklinId.of(command.id());
    int hash =
        switch (settings.answerHash()) {
          case OWN -> ownHash;
          case ASKER -> id.hash();
        };
    send(id.answeredBy(hash), length, data, settings.answerNanos());
  }

  /** A response with a value of 8 or 16 bits behind the UID and {@code bits} bits more. */
  void answer(CanFrame command, int uid, long value, int bytes) {
    long data = (uid & UID_MASK) << UID_BITS | value << (UID_BITS - bytes * Byte.SIZE);
    answer(command, Integer.BYTES + bytes, data);
  }

  /** A contact has changed; nobody has asked. */
  void report(StationMessage.Contact contact) {
    send(id(MessageDecoder.CONTACT, Kind.RESPONSE, ownHash), FULL, data(contact), 0);
  }

  /** How a contact is, for one who asked. */
  void answer(CanFrame command, StationMessage.Contact contact) {
    answer(command, FULL, data(contact));
  }

  private static long data(StationMessage.Contact contact) {
    return (long) contact.device() << 48
        | (long) contact.contact() << 32
        | (long) contact.before() << 24
        | (long) contact.now() << 16
        | contact.hundredths();
  }

  /** The time of an accessory's coil is over. */
  void coilOff(StationMessage.Accessory command) {
    long data =
        (command.uid() & UID_MASK) << UID_BITS
            | (long) command.position() << (UID_BITS - Byte.SIZE);
    long withCurrent = data | (long) command.current() << (UID_BITS - 2 * Byte.SIZE);
    int length = Integer.BYTES + 2;
    MarklinId response = id(MessageDecoder.ACCESSORY, Kind.RESPONSE, ownHash);
    switch (settings.coilEnd()) {
      case RESPONSE -> send(response, length, data, 0);
      case COMMAND_AND_RESPONSE -> {
        send(id(MessageDecoder.ACCESSORY, Kind.COMMAND, ownHash), length, data, 0);
        send(response, length, data, NANOS_PER_MILLI);
      }
      case SAME_RESPONSE -> send(response, length, withCurrent, 0);
      default -> {
        // Clients know the time by themselves.
      }
    }
  }

  /** A locomotive's speed is 0 now. */
  void speedZero(int uid) {
    send(
        id(MessageDecoder.SPEED, Kind.RESPONSE, ownHash),
        Integer.BYTES + 2,
        (uid & UID_MASK) << UID_BITS,
        settings.answerNanos());
  }

  /** Asks who is there, and answers itself. */
  void ping() {
    send(id(MessageDecoder.PING, Kind.COMMAND, interfaceHash), 0, 0, 0);
    trackProcessor(ownHash);
  }

  /** Asks boot loaders. */
  void boot() {
    send(id(MessageDecoder.BOOT, Kind.COMMAND, interfaceHash), 0, 0, 0);
  }

  /**
   * Both devices are there. The user interface answers with the hash of who asks: RailControl knows
   * it for a master by that alone.
   */
  void presence(CanFrame ping) {
    int asker = MarklinId.of(ping.id()).hash();
    trackProcessor(settings.answerHash() == StationSettings.AnswerHash.OWN ? ownHash : asker);
    device(asker, interfaceUid(), INTERFACE_VERSION, INTERFACE_TYPE);
  }

  private void trackProcessor(int hash) {
    device(hash, settings.uid(), TRACK_PROCESSOR_VERSION, TRACK_PROCESSOR_TYPE);
  }

  private void device(int hash, int uid, int version, int type) {
    long data = (uid & UID_MASK) << UID_BITS | (long) version << Short.SIZE | type;
    send(id(MessageDecoder.PING, Kind.RESPONSE, hash), FULL, data, settings.answerNanos());
  }

  /** What the track processor is; the user interface of a CS2 does not answer to this. */
  void describe(CanFrame command, StationMessage.AskDescription asked) {
    if (asked.uid() != settings.uid()) {
      return;
    }
    byte[] parts = asked.index() == 0 ? description() : new byte[0];
    ByteBuffer all = ByteBuffer.wrap(parts);
    int number = 0;
    while (all.hasRemaining()) {
      number++;
      int hash = MessageDecoder.DESCRIPTION_HASH + number;
      long part = all.getLong();
      send(id(MessageDecoder.DESCRIPTION, Kind.RESPONSE, hash), FULL, part, settings.answerNanos());
    }
    answer(command, asked.uid(), (long) asked.index() << Byte.SIZE | number, 2);
  }

  /**
   * Counts of measured values and of settings, a number that users set, serial number, article
   * number, name ("CAN CS2 Protokoll 2.0", 6.6; traintastic's capture of a CS2).
   */
  private static byte[] description() {
    byte[] name = "Central Station 3\0".getBytes(StandardCharsets.US_ASCII);
    int length = 2 * Integer.BYTES + ARTICLE_BYTES + name.length;
    byte[] article = "60226".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate((length + FULL - 1) / FULL * FULL);
    bytes.putInt(0).putInt(SERIAL_NUMBER).put(article);
    return bytes.position(2 * Integer.BYTES + ARTICLE_BYTES).put(name).array();
  }

  /** A file, behind the frame that asked for it. */
  void file(CanFrame command, StationFiles.Sent file) {
    MarklinId id = MarklinId.of(command.id());
    long delay = settings.answerNanos();
    send(id.answeredBy(interfaceHash), FULL, command.data(), delay);
    MarklinId part = id(MessageDecoder.FILE, Kind.COMMAND, interfaceHash);
    long head = (long) file.length() << UID_BITS | (long) file.crc() << Short.SIZE;
    send(part, Integer.BYTES + 2, head, delay);
    for (long data : file.frames()) {
      send(part, FULL, data, delay);
    }
  }

  private static MarklinId id(int command, Kind kind, int hash) {
    return new MarklinId(0, command, kind, hash);
  }

  private void send(MarklinId id, int length, long data, long delayNanos) {
    if (!outbox.add(CanFrame.of(id.id(), length, data), delayNanos)) {
      services
          .journal()
          .misuse(
              Misuse.TOO_MANY_REQUESTS,
              "the station has more answers to send than it can hold; some are lost");
    }
  }
}
