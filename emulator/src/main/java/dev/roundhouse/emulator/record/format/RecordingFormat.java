package dev.roundhouse.emulator.record.format;

/**
 * The file format. Numbers are big-endian; "varint" is unsigned LEB128; a string is a varint length
 * and UTF-8.
 *
 * <pre>
 *   file    magic (8 bytes), format (4), version of the Roundhouse that wrote it: length (1) and so
 *           many bytes of ASCII, chunks
 *   chunk   type (1), length of the payload (4), check (4), payload, check (4)
 *   check   CRC-32C of all bytes of the file before it that are not checks
 *
 *   SETUP   OF_PROGRAMS (1); profile: string; strictness (1); number of arguments: varint; their
 *           keys and values: strings
 *           or OF_KERNEL (1); bytes of RAM: varint; what a reboot does (1); nanoseconds of an
 *           instruction that is not cached: varint;
 *           then engine: string; limit of virtual nanoseconds: varint; console: varint; one line
 *           kind (1) for each serial line of the board and for its CAN bus
 *   PROGRAM name: string; LOADABLE (1), its own name: string, length: varint, file (deflated)
 *           or REFUSED (1); what, where, advice: strings
 *   KERNEL  name: string; length: varint; file (deflated)
 *   HAND_OVER who started the kernel (1), stack pointer: varint; missing: the firmware
 *   GUARDS  what is watched of programs' writes: one byte each; missing: nothing
 *   MOTOR   its plan's JSON text: string
 *   TRAINS  UART, or 8 for CAN: varint; number of trains: varint; their numbers: varints, and sensors: strings;
 *           number of turnouts: varint; their numbers: varints, and positions (1); box (1): of a
 *           6051 five times: varints, and when it is clear (1), of a CS3 its JSON text: string; seed (8); lengths of the layout's, the locomotives' and the faults'
 *           JSON text in UTF-8: varints; the three texts (deflated together)
 *   LOG     entries: tag in the low half of a byte, serial line in the high half; then
 *           BYTE     nanoseconds since the last entry with a time: varint; value (1)
 *           ENDED    nanoseconds: varint
 *           STOP     nanoseconds: varint
 *           CTS      nanoseconds: varint; signal (1); frames taken: varint
 *           PULLED   value (1)
 *           PULLED_END
 *           CHECK    nanoseconds: varint; events since the last check point: varint; digest (8)
 *   END     end in a word: string; text: string; virtual nanoseconds, instructions, system calls or exceptions,
 *           events: varints; digest (8)
 * </pre>
 *
 * What stands before the chunks stays where it is in all formats, so that any Roundhouse can name
 * the one that wrote a file; only formats before 5 have no version.
 *
 * <p>The file is one SETUP, its PROGRAMs or its KERNEL, its MOTORs and TRAINS, LOGs, and an END
 * that is missing when the run was killed.
 */
public final class RecordingFormat {
  /** Starts with a byte beyond ASCII and ends in CR LF, so that transfers as text are seen. */
  public static final long MAGIC = 0x8952_484f_5553_0d0aL;

  /** Goes up with each change of the format or of what the digest takes in. */
  public static final int FORMAT = 7;

  /** Older ones do not say which Roundhouse wrote them. */
  public static final int FIRST_WITH_VERSION = 5;

  public static final int SETUP = 1;
  public static final int PROGRAM = 2;
  public static final int LOG = 3;
  public static final int END = 4;
  public static final int TRAINS = 5;
  public static final int KERNEL = 6;
  public static final int MOTOR = 7;
  public static final int HAND_OVER = 8;
  public static final int GUARDS = 9;

  public static final int OF_PROGRAMS = 0;
  public static final int OF_KERNEL = 1;

  public static final int LOADABLE = 0;
  public static final int REFUSED = 1;

  public static final int TAG_BITS = 4;
  public static final int TAG_MASK = (1 << TAG_BITS) - 1;
  public static final int BYTE = 1;
  public static final int ENDED = 2;
  public static final int STOP = 3;
  public static final int PULLED = 4;
  public static final int PULLED_END = 5;
  public static final int CHECK = 6;
  public static final int CTS = 7;

  public static final int LARGEST_PROGRAM_BYTES = 64 << 20;
  public static final long LARGEST_PROGRAMS_BYTES = 512L << 20;
  public static final int LARGEST_KERNEL_BYTES = 256 << 20;
  public static final int MOST_PROGRAMS = 4096;
  public static final int MOST_MOTORS = 64;
  public static final int LARGEST_TEXT_BYTES = 1 << 20;
  public static final int LARGEST_TRAINS_BYTES = 64 << 20;
  public static final int MOST_TRAINS = 80;
  public static final int MOST_TURNOUTS = 256;
  public static final int MOST_INPUTS = 64 << 20;

  private static final int LARGEST_SMALL_CHUNK_BYTES = 16 << 20;

  private RecordingFormat() {}

  /** The version of this Roundhouse. */
  public static String ownVersion() {
    String version = RecordingFormat.class.getPackage().getImplementationVersion();
    return version == null ? "(development build)" : version;
  }

  /** The largest payload of a chunk. */
  public static int largestPayload(int type) {
    return switch (type) {
      case KERNEL -> LARGEST_KERNEL_BYTES + LARGEST_SMALL_CHUNK_BYTES;
      case PROGRAM, TRAINS -> LARGEST_PROGRAM_BYTES + LARGEST_SMALL_CHUNK_BYTES;
      default -> LARGEST_SMALL_CHUNK_BYTES;
    };
  }
}
