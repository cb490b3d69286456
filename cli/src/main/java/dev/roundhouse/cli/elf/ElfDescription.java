package dev.roundhouse.cli.elf;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.emulator.stubs.InlinedCalls;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ElfProblem;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Describes a file by its ELF headers (System V ABI, ELF header, program header; ELF for the Arm
 * 64-bit Architecture, IHI 0056B), and says what the loader makes of it.
 */
public final class ElfDescription {
  /**
   * A description.
   *
   * @param file its name
   * @param bytes its length
   * @param rows what is in it, in order
   * @param isLoadable whether the loader takes it
   * @param functions where they start, by address
   */
  public record Result(
      String file, int bytes, List<Row> rows, boolean isLoadable, List<CodePlace> functions) {
    private static final int LABEL_COLUMNS = 12;

    /** Copies the lists. */
    public Result {
      rows = List.copyOf(rows);
      functions = List.copyOf(functions);
    }

    /** The functions for people, a line each. */
    public String functionLines() {
      return functions.stream()
          .map(place -> "\n  %-12s%-10s %s".formatted("", hex(place.address()), place.text()))
          .collect(Collectors.joining());
    }

    /** For people, lines without a final line end. */
    public String text() {
      StringBuilder text = new StringBuilder(Printable.line(file) + ": " + bytes + " bytes");
      for (Row row : rows) {
        String label = row.isMore() ? "" : row.label();
        text.append("\n  ").append(label).append(" ".repeat(LABEL_COLUMNS - label.length()));
        text.append(Printable.line(row.value()));
      }
      return text.toString();
    }
  }

  /**
   * Something about a file.
   *
   * @param label what it is
   * @param isMore whether the row before it is about the same
   */
  public record Row(String label, boolean isMore, String value) {}

  private static final long MAGIC = 0x464C_457FL;
  private static final int CLASS = 4;
  private static final int DATA = 5;
  private static final int TYPE = 16;
  private static final int MACHINE = 18;
  private static final int ENTRY = 24;
  private static final int PHOFF = 32;
  private static final int SHOFF = 40;
  private static final int PHENTSIZE = 54;
  private static final int PHNUM = 56;
  private static final int SHNUM = 60;
  private static final int CLASS_64 = 2;
  private static final int LITTLE_ENDIAN = 1;
  private static final int AARCH64 = 183;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int MOST_SEGMENTS = 32;
  private static final int PH_FLAGS = 4;
  private static final int PH_OFFSET = 8;
  private static final int PH_ADDRESS = 16;
  private static final int PH_FILE_BYTES = 32;
  private static final int PH_MEMORY_BYTES = 40;

  private final FileBytes file;
  private final List<Row> rows = new ArrayList<>();
  private List<CodePlace> functions = List.of();
  private List<InlinedCalls.Place> inlinedCalls = List.of();

  private ElfDescription(FileBytes file) {
    this.file = file;
  }

  /**
   * Describes a file.
   *
   * @param name the file, for the first line
   * @param content all of it; any bytes will do
   */
  public static Result of(String name, byte[] content) {
    ElfDescription description = new ElfDescription(new FileBytes(content));
    ParseResult result = ElfImage.parse(name, content);
    if (description.file.intAt(0) == MAGIC) {
      description.findFunctions(name, content);
      description.describeHeader();
      description.describeSegments();
      description.describeRelocations();
      description.describeSections();
    }
    switch (result) {
      case ParseResult.Accepted accepted -> description.describeAccepted(accepted);
      case ParseResult.Refused(ElfProblem problem) -> description.describeRefused(problem, content);
    }
    return new Result(
        name,
        content.length,
        description.rows,
        result instanceof ParseResult.Accepted,
        description.functions);
  }

  private void describeHeader() {
    String width = file.byteAt(CLASS) == CLASS_64 ? "64-bit" : "not 64-bit";
    String order = file.byteAt(DATA) == LITTLE_ENDIAN ? "little-endian" : "not little-endian";
    int machine = file.shortAt(MACHINE);
    String processor = machine == AARCH64 ? "AArch64" : "machine " + machine;
    line("kind", "ELF " + width + " " + order + ", " + processor + ", " + type());
    line("entry", hex(file.longAt(ENTRY)) + entryPlace());
  }

  private void findFunctions(String name, byte[] content) {
    try {
      functions = Symbols.functions(KernelImage.parse(name, content));
      inlinedCalls = InlinedCalls.in(KernelImage.parse(name, content));
    } catch (KernelImageException e) {
      functions = List.of(); // of a broken file, whose problem is told below
    }
  }

  private String entryPlace() {
    return functions.stream()
        .filter(place -> place.address() == file.longAt(ENTRY))
        .findFirst()
        .map(place -> " " + place.text())
        .orElse("");
  }

  private long withLines() {
    return functions.stream().filter(CodePlace::hasLine).count();
  }

  private String type() {
    int type = file.shortAt(TYPE);
    return switch (type) {
      case 1 -> "ET_REL (an object file)";
      case 2 -> "ET_EXEC (not position-independent)";
      case 3 -> "ET_DYN (position-independent)";
      case 4 -> "ET_CORE (a core dump)";
      default -> "type " + type;
    };
  }

  private void describeSegments() {
    int count = file.shortAt(PHNUM);
    int step = file.shortAt(PHENTSIZE);
    if (step != PROGRAM_HEADER_BYTES) {
      line("segments", count + " headers of a wrong size: " + step + " bytes");
      return;
    }
    line("segments", count + " headers");
    for (int i = 0; i < Math.min(count, MOST_SEGMENTS); i++) {
      long at = file.longAt(PHOFF) + (long) i * step;
      if (!file.holds(at, PROGRAM_HEADER_BYTES)) {
        line("", "the rest is not in the file");
        return;
      }
      line("", segment(at));
    }
    if (count > MOST_SEGMENTS) {
      line("", "and more");
    }
  }

  private String segment(long at) {
    long flags = file.intAt(at + PH_FLAGS);
    return String.format(
        Locale.ROOT,
        "%-12s %c%c%c address %-10s offset %-8s file %-8s memory %s",
        segmentType(file.intAt(at)),
        (flags & 4) == 0 ? '-' : 'r',
        (flags & 2) == 0 ? '-' : 'w',
        (flags & 1) == 0 ? '-' : 'x',
        hex(file.longAt(at + PH_ADDRESS)),
        hex(file.longAt(at + PH_OFFSET)),
        hex(file.longAt(at + PH_FILE_BYTES)),
        hex(file.longAt(at + PH_MEMORY_BYTES)));
  }

  private static String segmentType(long type) {
    return switch ((int) type) {
      case 0 -> "NULL";
      case 1 -> "LOAD";
      case 2 -> "DYNAMIC";
      case 3 -> "INTERP";
      case 4 -> "NOTE";
      case 6 -> "PHDR";
      case 7 -> "TLS";
      case 0x6474_E550 -> "GNU_EH_FRAME";
      case 0x6474_E551 -> "GNU_STACK";
      case 0x6474_E552 -> "GNU_RELRO";
      default -> hex(type);
    };
  }

  private void describeRelocations() {
    Map<String, Integer> byType = new RelocationCount(file).byType();
    if (byType.isEmpty()) {
      line("relocations", "none");
    }
    byType.forEach((type, count) -> line("relocations", count + " " + type));
  }

  private void describeSections() {
    int count = file.shortAt(SHNUM);
    if (count == 0 || !file.holds(file.longAt(SHOFF), 1)) {
      line("sections", "none (nothing is lost but names in reports)");
    } else {
      line("sections", count + " headers");
    }
  }

  private void describeAccepted(ParseResult.Accepted accepted) {
    ElfImage image = accepted.image();
    String lines =
        withLines() == 0
            ? "; no lines of the source (build with -g)"
            : "; %d functions with lines of the source".formatted(withLines());
    line("symbols", image.symbols().size() + " that reports can name" + lines);
    line("memory", hex(image.span()) + " bytes asked of the kernel");
    for (ElfProblem problem : accepted.warnings()) {
      line("warning", problem.text());
    }
    for (InlinedCalls.Place place : inlinedCalls) {
      line(
          "warning",
          "inlined svc (%s): TrainsOS goes on at x30 and never executes what is behind it; make it a"
                  .formatted(place.text())
              + " function of its own");
    }
    line("verdict", "can be loaded");
  }

  private void describeRefused(ElfProblem problem, byte[] content) {
    line("refused", problem.text());
    boolean isLoadableLeniently =
        ElfImage.parse("", content, RelocationPolicy.SKIP_UNKNOWN) instanceof ParseResult.Accepted;
    line("verdict", isLoadableLeniently ? "loaded only with --lenient" : "cannot be loaded");
  }

  private void line(String label, String value) {
    boolean isMore = label.isEmpty();
    rows.add(new Row(isMore ? rows.getLast().label() : label, isMore, value));
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
