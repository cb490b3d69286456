package dev.roundhouse.emulator.debugger;

import dev.roundhouse.emulator.machine.Inspection;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers the packets that let the machine stand still. An empty answer says: not known here. */
final class Questions {
  private static final String OK = "OK";
  private static final String NO_THREAD = "E03";
  private static final String NO_MEMORY = "E0e";
  private static final String OFFERS =
      "QStartNoAckMode+;vContSupported+;swbreak+;hwbreak+;qXfer:features:read+;"
          + "qXfer:threads:read+;qXfer:memory-map:read+;qXfer:exec-file:read+;qXfer:libraries:read+";
  private static final int PSTATE_BYTES = 4;
  private static final int INSTRUCTION_MASK = 3;
  private static final int LONGEST_TEXT = 4000;

  private final Machine machine;
  private final Supplier<Inspection> guest;
  private final Selection selection;
  private final Optional<Inspection.Program> main;
  private final ServedFiles files;

  Questions(
      Machine machine,
      Supplier<Inspection> guest,
      Selection selection,
      Optional<Inspection.Program> main) {
    this.machine = machine;
    this.guest = guest;
    this.selection = selection;
    this.main = main;
    files = new ServedFiles(guest);
  }

  /**
   * The answer to a packet.
   *
   * @throws IllegalArgumentException if it is none of the protocol
   * @throws IndexOutOfBoundsException if it is none of the protocol
   */
  String answer(String packet) {
    if (packet.isEmpty()) {
      return "";
    }
    String rest = packet.substring(1);
    return switch (packet.charAt(0)) {
      case 'q' -> query(rest);
      case 'Q' -> packet.equals("QStartNoAckMode") ? OK : "";
      case 'v' -> verb(packet);
      case 'H' -> choose(rest);
      case 'T' -> selection.exists(selection.named(rest)) ? OK : NO_THREAD;
      case 'g' -> registers();
      case 'G' -> writeRegisters(rest);
      case 'p' -> register((int) Hex.parse(rest));
      case 'P' -> writeRegister(rest.split("=", 2));
      case 'm' -> memory(rest.split(",", 2));
      case 'M' -> writeMemory(rest.split(":", 2), Form.HEX);
      case 'X' -> writeMemory(rest.split(":", 2), Form.RAW);
      case 'Z', 'z' -> breakpoint(packet);
      default -> "";
    };
  }

  private String query(String query) {
    if (query.startsWith("Supported")) {
      return "PacketSize=%x;".formatted(PacketDecoder.MOST_BYTES) + OFFERS;
    } else if (query.startsWith("Xfer:")) {
      return Documents.answer(query.substring("Xfer:".length()), guest.get(), main);
    } else if (query.startsWith("ThreadExtraInfo,")) {
      return Hex.of(described((int) Hex.parse(query.substring("ThreadExtraInfo,".length()))));
    } else if (query.startsWith("Rcmd,")) {
      return Hex.of(monitor(Hex.text(query.substring("Rcmd,".length()))));
    } else if (query.startsWith("Symbol")) {
      return OK;
    }
    return switch (query) {
      case "Attached" -> "1";
      case "C" -> "QC" + Hex.of(selection.stopped());
      case "fThreadInfo" -> "m" + ids();
      case "sThreadInfo" -> "l";
      case "Offsets" -> main.map(Questions::offsets).orElse("");
      default -> "";
    };
  }

  /** A segment is told where it is; a kernel is where it was linked. */
  private static String offsets(Inspection.Program program) {
    return program.bias() == 0 ? "Text=0;Data=0;Bss=0" : "TextSeg=" + Hex.of(program.bias());
  }

  private String verb(String packet) {
    if (packet.startsWith("vFile:")) {
      return files.answer(packet.substring("vFile:".length()));
    }
    return packet.equals("vCont?") ? "vCont;c;C;s;S;r" : "";
  }

  private String ids() {
    List<String> ids = guest.get().threads().stream().map(each -> Hex.of(each.id())).toList();
    return ids.isEmpty() ? "1" : String.join(",", ids);
  }

  private String described(int thread) {
    return guest.get().threads().stream()
        .filter(each -> each.id() == thread)
        .map(each -> each.name() + ": " + each.state())
        .findFirst()
        .orElse("not started");
  }

  private String monitor(String command) {
    return switch (command.strip()) {
      case "tasks" ->
          text(machine.tasks().map(TaskReport::lines).orElse(List.of("no tasks are known")));
      case "time" -> text(List.of(guest.get().now().toString()));
      default -> text(List.of("monitor tasks: the tasks", "monitor time: the virtual time"));
    };
  }

  private static String text(List<String> lines) {
    String all = String.join("\n", lines) + "\n";
    return all.substring(0, Math.min(all.length(), LONGEST_TEXT));
  }

  private String choose(String rest) {
    int thread = selection.named(rest.substring(1));
    if (!selection.exists(thread)) {
      return NO_THREAD;
    }
    if (rest.charAt(0) == 'g') {
      selection.choose(thread);
    }
    return OK;
  }

  private static int bytes(int register) {
    return register == SavedRegisters.PSTATE ? PSTATE_BYTES : Long.BYTES;
  }

  /** Before the first program has started there are none: each digit is an x. */
  private String registers() {
    Optional<long[]> values = guest.get().registers(selection.chosen());
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < SavedRegisters.COUNT; n++) {
      text.append(value(values, n));
    }
    return text.toString();
  }

  private String value(Optional<long[]> values, int register) {
    return values
        .filter(_ -> guest.get().isKnown(selection.chosen(), register))
        .map(present -> Hex.littleEndian(present[register], bytes(register)))
        .orElseGet(() -> "xx".repeat(bytes(register)));
  }

  private String register(int number) {
    return number < 0 || number >= SavedRegisters.COUNT
        ? "E01"
        : value(guest.get().registers(selection.chosen()), number);
  }

  private String writeRegisters(String hex) {
    Optional<long[]> values = guest.get().registers(selection.chosen());
    if (values.isEmpty()) {
      return NO_THREAD;
    }
    int at = 0;
    for (int n = 0; n < SavedRegisters.COUNT; n++) {
      values.get()[n] = Hex.number(hex.substring(at, at + 2 * bytes(n)));
      at += 2 * bytes(n);
    }
    return guest.get().setRegisters(selection.chosen(), values.get()) ? OK : NO_THREAD;
  }

  private String writeRegister(String[] assignment) {
    int number = (int) Hex.parse(assignment[0]);
    Optional<long[]> values = guest.get().registers(selection.chosen());
    if (number < 0 || number >= SavedRegisters.COUNT || values.isEmpty()) {
      return NO_THREAD;
    }
    values.get()[number] = Hex.number(assignment[1].substring(0, 2 * bytes(number)));
    return guest.get().setRegisters(selection.chosen(), values.get()) ? OK : NO_THREAD;
  }

  private String memory(String[] where) {
    long bytes = Hex.parse(where[1]);
    if (bytes < 0) {
      return NO_MEMORY;
    }
    byte[] into = new byte[(int) Math.min(bytes, PacketDecoder.MOST_BYTES / 2)];
    int got = guest.get().read(Hex.parse(where[0]), into);
    return got == 0 && bytes != 0 ? NO_MEMORY : Hex.of(Arrays.copyOf(into, got));
  }

  /** How bytes are in a packet. */
  private enum Form {
    HEX,
    RAW
  }

  private String writeMemory(String[] parts, Form form) {
    String[] where = parts[0].split(",", 2);
    byte[] bytes =
        form == Form.HEX
            ? Hex.bytes(parts[1])
            : parts[1].getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    if (bytes.length != Hex.parse(where[1])) {
      return "E01";
    }
    return guest.get().write(Hex.parse(where[0]), bytes) ? OK : NO_MEMORY;
  }

  /** Of software or hardware, which are the same here; none is known for data. */
  private String breakpoint(String packet) {
    String[] parts = packet.substring(1).split(",", -1);
    if (!parts[0].equals("0") && !parts[0].equals("1")) {
      return "";
    }
    long pc = Hex.parse(parts[1]);
    if ((pc & INSTRUCTION_MASK) != 0
        || guest.get().read(pc, new byte[Integer.BYTES]) < Integer.BYTES) {
      return NO_MEMORY;
    }
    if (packet.charAt(0) == 'Z') {
      guest.get().halts().addBreakpoint(pc);
    } else {
      guest.get().halts().removeBreakpoint(pc);
    }
    return OK;
  }
}
