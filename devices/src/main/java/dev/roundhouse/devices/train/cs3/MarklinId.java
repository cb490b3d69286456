package dev.roundhouse.devices.train.cs3;

/**
 * The 29 bits of a Märklin frame's identifier ("CAN CS2 Protokoll 2.0", 1.2): priority in bits 28
 * to 25, command in 24 to 17, response in 16, hash in 15 to 0.
 *
 * @param command 0 to 255
 * @param hash of who sends it
 */
public record MarklinId(int priority, int command, Kind kind, int hash) {
  private static final int HASH_BITS = 16;
  private static final int HASH_MASK = 0xFFFF;
  private static final int RESPONSE_BIT = 1 << HASH_BITS;
  private static final int COMMAND_SHIFT = 17;
  private static final int COMMAND_MASK = 0xFF;
  private static final int PRIORITY_SHIFT = 25;

  /** Whether a station is to do something, or has done it. */
  public enum Kind {
    /** It is to do something. */
    COMMAND,
    /** It has. */
    RESPONSE
  }

  /** What an identifier of 29 bits says. */
  public static MarklinId of(int id) {
    return new MarklinId(
        id >>> PRIORITY_SHIFT,
        (id >>> COMMAND_SHIFT) & COMMAND_MASK,
        (id & RESPONSE_BIT) != 0 ? Kind.RESPONSE : Kind.COMMAND,
        id & HASH_MASK);
  }

  /** The identifier. */
  public int id() {
    return (priority << PRIORITY_SHIFT)
        | (command << COMMAND_SHIFT)
        | (kind == Kind.RESPONSE ? RESPONSE_BIT : 0)
        | hash;
  }

  /** The same in answer, from another station. */
  MarklinId answeredBy(int answererHash) {
    return new MarklinId(priority, command, Kind.RESPONSE, answererHash);
  }

  /**
   * The hash of a device: both halves of its UID, with bits 9 and 8 set and bit 7 clear, so that it
   * is no identifier of the older CS1 (as traintastic and RailControl compute it).
   */
  public static int hashOf(int uid) {
    int halves = (uid >>> HASH_BITS) ^ (uid & HASH_MASK);
    return ((halves << 3) & 0xFC00) | 0x0300 | (halves & 0x7F);
  }
}
