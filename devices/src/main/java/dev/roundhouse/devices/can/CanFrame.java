package dev.roundhouse.devices.can;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame of CAN 2.0B (ISO 11898-1).
 *
 * @param format which identifier it has
 * @param kind whether it carries data
 * @param id 11 or 29 bits
 * @param dlc the data length code, 0 to 15; beyond 8 it stands for 8 bytes
 * @param data the bytes, the first one highest; zeros behind the last
 */
public record CanFrame(Format format, Kind kind, int id, int dlc, long data) {
  /** The most bytes that a frame carries. */
  public static final int MOST_BYTES = 8;

  private static final int HIGHEST_DLC = 15;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern TEXT =
      Pattern.compile("([0-9A-Fa-f]{3}|[0-9A-Fa-f]{8})#((?:[0-9A-Fa-f]{2}){0,8}|R[0-8])");

  private static final int STANDARD_DIGITS = 3;
  private static final int BASE_BITS = 11;
  private static final int EXTENSION_BITS = 18;
  private static final int EXTENSION_MASK = (1 << EXTENSION_BITS) - 1;

  /** Which identifier a frame has. */
  public enum Format {
    /** 11 bits. */
    STANDARD(BASE_BITS),
    /** 29 bits. */
    EXTENDED(BASE_BITS + EXTENSION_BITS);

    private final int idBits;

    Format(int idBits) {
      this.idBits = idBits;
    }
  }

  /** Whether a frame carries data. */
  public enum Kind {
    /** It carries as many bytes as its DLC says. */
    DATA(0),
    /** It asks for data; its DLC is that of the answer. */
    REMOTE(1);

    /** The bit RTR. */
    private final int bit;

    Kind(int bit) {
      this.bit = bit;
    }
  }

  /**
   * Checks the ranges, and drops data behind the last byte.
   *
   * @throws IllegalArgumentException if the identifier or the DLC has too many bits
   */
  public CanFrame {
    if (id >>> format.idBits != 0 || dlc < 0 || dlc > HIGHEST_DLC) {
      throw new IllegalArgumentException("no CAN frame: id %x, DLC %d".formatted(id, dlc));
    }
    data &= dataMask(kind, dlc);
  }

  /** A data frame with a 29-bit identifier, and the first {@code dlc} bytes of {@code data}. */
  public static CanFrame of(int id, int dlc, long data) {
    return new CanFrame(Format.EXTENDED, Kind.DATA, id, dlc, data);
  }

  private static int length(Kind kind, int dlc) {
    return kind == Kind.DATA ? Math.min(dlc, MOST_BYTES) : 0;
  }

  private static long dataMask(Kind kind, int dlc) {
    int bits = length(kind, dlc) * Byte.SIZE;
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
  }

  /** How many bytes of data it carries, 0 to 8. */
  public int length() {
    return length(kind, dlc);
  }

  /** Byte {@code index} of the data, 0 to 255. */
  public int dataByte(int index) {
    return (int) (data >>> (Long.SIZE - (index + 1) * Byte.SIZE)) & 0xFF;
  }

  /** How many bits it has on the wire, with those that are stuffed and the pause behind it. */
  public int wireBits() {
    return FrameBits.of(this).count() + FrameBits.INTERMISSION;
  }

  /** The first 11 bits of the identifier. */
  int baseId() {
    return format == Format.EXTENDED ? id >>> EXTENSION_BITS : id;
  }

  /** The other 18 bits, 0 in the standard format. */
  int idExtension() {
    return format == Format.EXTENDED ? id & EXTENSION_MASK : 0;
  }

  /** The bit RTR. */
  int remoteBit() {
    return kind.bit;
  }

  /**
   * Its place in the arbitration, the lowest first: the bits from the identifier to RTR as they are
   * on the wire, where a 0 overwrites a 1 (ISO 11898-1, 10.3).
   */
  long rank() {
    int remote = remoteBit();
    int behindBase = format == Format.EXTENDED ? 3 : remote << 1;
    int lowest = format == Format.EXTENDED ? (idExtension() << 1) | remote : 0;
    return (((long) baseId() << 2) | behindBase) << (EXTENSION_BITS + 1) | lowest;
  }

  /**
   * The frame that {@link #toString} writes so.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CanFrame parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no frame such as 0000C300#0000000001");
    }
    Format format = parts.group(1).length() == STANDARD_DIGITS ? Format.STANDARD : Format.EXTENDED;
    int id = (int) HexFormat.fromHexDigitsToLong(parts.group(1));
    String bytes = parts.group(2);
    if (bytes.startsWith("R")) {
      return new CanFrame(format, Kind.REMOTE, id, Integer.parseInt(bytes.substring(1)), 0);
    }
    String filled = (bytes + "0".repeat(2 * MOST_BYTES)).substring(0, 2 * MOST_BYTES);
    long data = HexFormat.fromHexDigitsToLong(filled);
    return new CanFrame(format, Kind.DATA, id, bytes.length() / 2, data);
  }

  /** As candump writes it, such as {@code 0000C300#00000018}; {@code 1F#R4} asks for 4 bytes. */
  @Override
  public String toString() {
    String bytes = HEX.toHexDigits(data).substring(0, 2 * length());
    int digits = format == Format.EXTENDED ? Integer.BYTES * 2 : STANDARD_DIGITS;
    return HEX.toHexDigits(id, digits) + "#" + (kind == Kind.DATA ? bytes : "R" + dlc);
  }
}
