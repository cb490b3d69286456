package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.debuginfo.CallerRule;
import dev.roundhouse.emulator.debuginfo.SourceFrame;
import dev.roundhouse.emulator.debuginfo.SourceMap;
import dev.roundhouse.emulator.debuginfo.names.SourceName;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.Symbol;
import dev.roundhouse.kernel.loader.SymbolTable;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What stands at addresses of a guest's code: functions, and lines of the source. A file's debug
 * information is read when an address of its code is first asked for, so that a run that nobody
 * asks about pays nothing.
 */
public final class Symbols {
  private static final int INSTRUCTION_BYTES = 4;

  /** Names nothing. */
  public static final Symbols NONE = new Symbols(address -> Optional.empty(), 0);

  private final Programs programs;

  /** Where the loader waits for a program to return; no program is there. */
  private final long exitStub;

  private final IdentityHashMap<Object, SourceMap> sources = new IdentityHashMap<>();

  private Symbols(Programs programs, long exitStub) {
    this.programs = programs;
    this.exitStub = exitStub;
  }

  /**
   * A function's code.
   *
   * @param start its first address
   * @param bytes as the file says, of which nothing need be true; 0 if it does not say
   */
  record Function(long start, long bytes) {
    boolean contains(long address) {
      return Long.compareUnsigned(address - start, bytes) < 0;
    }
  }

  /** What code is in memory. */
  private interface Programs {
    Optional<Code> at(long address);
  }

  /**
   * A file's code.
   *
   * @param file by which its source is remembered
   * @param inFile the address in question, as it is in the file
   */
  private record Code(
      Object file, String name, SymbolTable symbols, long inFile, Supplier<SourceMap> source) {}

  /** Of the programs that tasks are made of. */
  public static Symbols ofTasks(Kernel kernel) {
    return new Symbols(
        address ->
            owner(kernel, address).flatMap(Task::program).map(program -> code(program, address)),
        kernel.profile().memory().exitStub());
  }

  /** Of a kernel, at the addresses that it was linked for and at the physical ones. */
  public static Symbols of(KernelImage image) {
    return new Symbols(
        address -> {
          long inFile = image.isLinkedAt(address) ? address : image.linked(address);
          return image.isLinkedAt(inFile) && image.symbols().at(inFile).isPresent()
              ? Optional.of(new Code(image, "", image.symbols(), inFile, image::readSource))
              : Optional.empty();
        },
        0);
  }

  /** Where the functions of a kernel or program start, by address. */
  public static List<CodePlace> functions(KernelImage file) {
    Symbols symbols = of(file);
    return file.symbols().named(_ -> true).stream()
        .filter(symbol -> symbol.size() > 0)
        .map(symbol -> symbols.at(symbol.address()).getLast())
        .toList();
  }

  /** The task whose program occupies an address. */
  static Optional<Task> owner(Kernel kernel, long address) {
    return kernel.tasks().stream()
        .filter(task ->
            task.program().filter(program -> program.memory().contains(address)).isPresent())
        .findFirst();
  }

  private static Code code(LoadedProgram program, long address) {
    ElfImage image = program.image();
    return new Code(
        image, image.name(), image.symbols(), address - program.loadBias(), () -> source(image));
  }

  private static SourceMap source(ElfImage image) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(image.fileBytes());
    try {
      image.copyFileTo(file);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all that is written", e);
    }
    return SourceMap.of(file.toByteArray());
  }

  /**
   * Where the instruction at an address stands: one place, or several from the inside to the
   * outside if functions were inlined there. There is always one, which may know nothing but the
   * address.
   */
  public List<CodePlace> at(long address) {
    return places(address, 0);
  }

  /** Where the call stands that returns to an address. */
  public List<CodePlace> before(long returnAddress) {
    return places(returnAddress, INSTRUCTION_BYTES);
  }

  private List<CodePlace> places(long address, int before) {
    Optional<Code> found = programs.at(address - before);
    if (found.isEmpty()) {
      return List.of(new CodePlace(address, "", "", 0, "", 0));
    }
    Code code = found.get();
    Optional<Symbol> symbol = code.symbols.at(code.inFile);
    String name = symbol.map(Symbol::name).map(SourceName::of).orElse("");
    long offset = code.inFile + before - symbol.map(Symbol::address).orElse(0L);
    List<CodePlace> places = new ArrayList<>();
    for (SourceFrame frame : source(code).at(code.inFile)) {
      String function = frame.function().isEmpty() ? name : frame.function();
      int line = frame.hasLine() ? frame.line() : 0;
      places.add(new CodePlace(address, code.name, function, offset, frame.path(), line));
    }
    return places.isEmpty()
        ? List.of(new CodePlace(address, code.name, name, offset, "", 0))
        : places;
  }

  /** Where the function of an instruction has what its caller needs; empty if nobody knows. */
  Optional<CallerRule> callerRule(long address) {
    return programs.at(address).flatMap(code -> source(code).callerRule(code.inFile));
  }

  /** The function of an instruction; empty if that is not known. */
  Optional<Function> function(long address) {
    Optional<Code> code = programs.at(address);
    return code.flatMap(found -> found.symbols.at(found.inFile))
        .map(symbol -> new Function(address - code.get().inFile + symbol.address(), symbol.size()));
  }

  /** Whether an address is where the loader waits for a program to return. */
  boolean isExitStub(long address) {
    return address == exitStub && exitStub != 0;
  }

  private SourceMap source(Code code) {
    return sources.computeIfAbsent(code.file, file -> code.source.get());
  }

  /** An address with its place and program: {@code 0x40101234 tick+0x14 (clock_server)}. */
  public String described(long address) {
    return described(at(address).getFirst());
  }

  /** A place with its address and program. */
  String described(CodePlace place) {
    String address = "0x%x".formatted(place.address());
    if (isExitStub(place.address())) {
      return address + " the loader, which exits";
    }
    if (place.program().isEmpty()) {
      return place.function().isEmpty() ? address : address + " " + place.text();
    }
    return "%s %s (%s)".formatted(address, place.text(), Printable.line(place.program()));
  }
}
