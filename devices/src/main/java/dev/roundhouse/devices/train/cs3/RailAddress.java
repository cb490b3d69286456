package dev.roundhouse.devices.train.cs3;

import java.util.Optional;

/**
 * What on the rails a UID of 32 bits stands for ("CAN CS2 Protokoll 2.0", 1.3): the range says the
 * protocol, the rest is the number.
 *
 * @param number a locomotive's address, or an accessory's number from 1
 */
public record RailAddress(Range range, int number) {
  /** UIDs of one protocol. */
  public enum Range {
    /** Motorola 2, by which the course's trains are addressed. */
    MM2_LOCOMOTIVE("train", 0x0000, 0x03FF, 0),
    /** Selectrix. */
    SX1_LOCOMOTIVE("SX1 locomotive", 0x0800, 0x0BFF, 0),
    /** Selectrix. */
    SX1_ACCESSORY("SX1 accessory", 0x2800, 0x2BFF, 1),
    /** Several locomotives as one. */
    MULTIPLE_UNIT("multiple unit", 0x2C00, 0x2FFF, 0),
    /** Motorola, the turnouts of the course. */
    MM2_ACCESSORY("turnout", 0x3000, 0x33FF, 1),
    /** DCC. */
    DCC_ACCESSORY("DCC accessory", 0x3800, 0x3FFF, 1),
    /** mfx, by the number that the station gave. */
    MFX_LOCOMOTIVE("mfx locomotive", 0x4000, 0x7FFF, 0),
    /** DCC. */
    DCC_LOCOMOTIVE("DCC locomotive", 0xC000, 0xFFFF, 0);

    private final String word;
    private final int first;
    private final int last;
    private final int firstNumber;

    Range(String word, int first, int last, int firstNumber) {
      this.word = word;
      this.first = first;
      this.last = last;
      this.firstNumber = firstNumber;
    }
  }

  /** What a UID stands for; nothing if it is 0, or a device's. */
  public static Optional<RailAddress> of(int uid) {
    for (Range range : Range.values()) {
      if (uid >= range.first && uid <= range.last && uid != 0) {
        return Optional.of(new RailAddress(range, uid - range.first + range.firstNumber));
      }
    }
    return Optional.empty();
  }

  /** What a UID stands for, in words. */
  static String text(int uid) {
    return of(uid)
        .map(address -> address.range.word + " " + address.number)
        .orElseGet(() -> uid == 0 ? "all" : "device %08x".formatted(uid));
  }
}
