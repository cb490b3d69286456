package dev.roundhouse.emulator.debugger;

import dev.roundhouse.emulator.machine.Inspection;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The files of the programs that run, which clients read from here (vFile packets, GDB manual,
 * E.7): so nobody needs to name a file, and the bundled ones are there too.
 */
final class ServedFiles {
  private static final String FOLDER = "/tid-";
  private static final int MOST_OPEN = 64;
  private static final int STRUCTURE_BYTES = 64;
  private static final int SIZE_AT = 28;
  private static final int REGULAR_FILE = 0100444;
  private static final String NO_SUCH_FILE = "F-1,2";
  private static final String BAD_FILE = "F-1,9";

  private final Supplier<Inspection> guest;
  private final Map<Integer, byte[]> open = new TreeMap<>();
  private int latest;

  ServedFiles(Supplier<Inspection> guest) {
    this.guest = guest;
  }

  /** The path at which a program's file is read. */
  static String path(Inspection.Program program) {
    return FOLDER + program.thread() + "/" + program.file().name() + ".elf";
  }

  /** Answers a packet, whose name and colon are cut off. */
  String answer(String request) {
    String[] parts = request.split(":", 2);
    String[] arguments = parts.length == 2 ? parts[1].split(",", -1) : new String[0];
    return switch (parts[0]) {
      case "setfs" -> "F0";
      case "open" -> open(Hex.text(arguments[0]));
      case "pread" -> read(number(arguments[0]), Hex.parse(arguments[1]), Hex.parse(arguments[2]));
      case "fstat" -> status(number(arguments[0]));
      case "close" -> open.remove(number(arguments[0])) == null ? BAD_FILE : "F0";
      default -> "";
    };
  }

  private static int number(String text) {
    return (int) Hex.parse(text);
  }

  private String open(String path) {
    Optional<Inspection.Program> program =
        guest.get().programs().stream().filter(each -> path(each).equals(path)).findFirst();
    if (program.isEmpty() || open.size() == MOST_OPEN) {
      return NO_SUCH_FILE;
    }
    open.put(++latest, program.get().file().content());
    return "F" + Hex.of(latest);
  }

  private String read(int number, long count, long offset) {
    byte[] file = open.get(number);
    if (file == null) {
      return BAD_FILE;
    }
    int from = offset < 0 ? file.length : (int) Math.min(offset, file.length);
    int most = Math.min(file.length - from, PacketDecoder.MOST_BYTES / 2);
    int bytes = count < 0 ? most : (int) Math.min(count, most);
    return "F" + Hex.of(bytes) + ";" + Hex.raw(Arrays.copyOfRange(file, from, from + bytes));
  }

  /** struct stat of the protocol (GDB manual, E.7.9): all fields big-endian. */
  private String status(int number) {
    byte[] file = open.get(number);
    if (file == null) {
      return BAD_FILE;
    }
    java.nio.ByteBuffer fields = java.nio.ByteBuffer.allocate(STRUCTURE_BYTES);
    fields.putInt(2 * Integer.BYTES, REGULAR_FILE).putLong(SIZE_AT, file.length);
    return "F" + Hex.of(STRUCTURE_BYTES) + ";" + Hex.raw(fields.array());
  }
}
