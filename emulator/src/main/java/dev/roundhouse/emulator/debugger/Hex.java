package dev.roundhouse.emulator.debugger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Numbers and bytes as packets have them. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();
  private static final int HEX = 16;

  private Hex() {}

  static String of(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String of(long number) {
    return Long.toHexString(number);
  }

  /** The low bytes of a number, the lowest first. */
  static String littleEndian(long number, int bytes) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < bytes; n++) {
      text.append(FORMAT.toHexDigits((byte) (number >>> (n * Byte.SIZE))));
    }
    return text.toString();
  }

  /** What {@link #littleEndian} has made. */
  static long number(String littleEndian) {
    byte[] bytes = bytes(littleEndian);
    long number = 0;
    for (int n = bytes.length - 1; n >= 0; n--) {
      number = (number << Byte.SIZE) | Byte.toUnsignedLong(bytes[n]);
    }
    return number;
  }

  /**
   * Bytes of a packet.
   *
   * @throws IllegalArgumentException if they are none
   */
  static byte[] bytes(String text) {
    return FORMAT.parseHex(text);
  }

  static String text(String hex) {
    return new String(bytes(hex), StandardCharsets.UTF_8);
  }

  /**
   * A number of a packet, 64 bits without a sign.
   *
   * @throws NumberFormatException if it is none
   */
  static long parse(String text) {
    return Long.parseUnsignedLong(text, HEX);
  }

  /** Bytes as the characters of a packet. */
  static String raw(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
