package dev.roundhouse.emulator.debugger;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.machine.Inspection;
import java.util.List;
import java.util.Optional;

/** What a client reads in pieces (qXfer packets, GDB manual, E.4). */
final class Documents {
  private static final int GENERAL_REGISTERS = 31;

  private Documents() {}

  /**
   * Answers {@code OBJECT:read:ANNEX:OFFSET,LENGTH}.
   *
   * @param main the program whose file is told as the whole process's
   */
  static String answer(String request, Inspection guest, Optional<Inspection.Program> main) {
    String[] parts = request.split(":", 4);
    if (parts.length < 4 || !parts[1].equals("read")) {
      return "";
    }
    Optional<String> document =
        switch (parts[0]) {
          case "features" ->
              parts[2].equals("target.xml") ? Optional.of(target()) : Optional.of("");
          case "threads" -> Optional.of(threads(guest.threads()));
          case "memory-map" -> guest.memory().map(Documents::memoryMap);
          case "exec-file" -> Optional.of(main.map(ServedFiles::path).orElse(""));
          case "libraries" -> Optional.of(libraries(guest.programs(), main));
          default -> Optional.empty();
        };
    return document.map(text -> part(text, parts[3])).orElse("");
  }

  private static String part(String document, String where) {
    String[] numbers = where.split(",", 2);
    long offset = Hex.parse(numbers[0]);
    long length = Math.min(Hex.parse(numbers[1]), PacketDecoder.MOST_BYTES / 2);
    if (offset < 0 || length < 0 || offset > document.length()) {
      return "E01";
    }
    int from = (int) offset;
    int to = (int) Math.min(offset + length, document.length());
    return (to == document.length() ? "l" : "m") + document.substring(from, to);
  }

  /** Without an operating system's name GDB takes it for Linux, and expects its loader. */
  private static String target() {
    StringBuilder text =
        new StringBuilder(
            "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target>"
                + "<architecture>aarch64</architecture><osabi>none</osabi>"
                + "<feature name=\"org.gnu.gdb.aarch64.core\">");
    for (int n = 0; n < GENERAL_REGISTERS; n++) {
      text.append("<reg name=\"x%d\" bitsize=\"64\"/>".formatted(n));
    }
    return text.append(
            "<reg name=\"sp\" bitsize=\"64\" type=\"data_ptr\"/>"
                + "<reg name=\"pc\" bitsize=\"64\" type=\"code_ptr\"/>"
                + "<reg name=\"cpsr\" bitsize=\"32\"/></feature></target>")
        .toString();
  }

  private static String threads(List<Inspection.GuestThread> threads) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?><threads>");
    if (threads.isEmpty()) {
      text.append("<thread id=\"1\" core=\"0\">not started</thread>");
    }
    for (Inspection.GuestThread each : threads) {
      text.append(
          "<thread id=\"%x\" core=\"0\" name=\"%s\">%s</thread>"
              .formatted(each.id(), escaped(each.name()), escaped(each.state())));
    }
    return text.append("</threads>").toString();
  }

  private static String memoryMap(AddressRange ram) {
    return "<?xml version=\"1.0\"?><memory-map><memory type=\"ram\" start=\"0x%x\" length=\"0x%x\"/></memory-map>"
        .formatted(ram.start(), ram.length());
  }

  private static String libraries(
      List<Inspection.Program> programs, Optional<Inspection.Program> main) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?><library-list>");
    for (Inspection.Program each : programs) {
      if (main.filter(each::equals).isEmpty()) {
        text.append(
            "<library name=\"%s\"><segment address=\"0x%x\"/></library>"
                .formatted(escaped(ServedFiles.path(each)), each.bias()));
      }
    }
    return text.append("</library-list>").toString();
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '&' -> safe.append("&amp;");
            case '"' -> safe.append("&quot;");
            default -> safe.append(c >= ' ' && c < 0x7f ? (char) c : '?');
          }
        });
    return safe.toString();
  }
}
