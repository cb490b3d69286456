package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pointers by which a loaded Linux library reaches its own exported functions: those that it
 * calls through its procedure linkage table and those in its tables (System V ABI, "Relocation";
 * its supplements for x86-64 and AArch64). Each was filled in by the dynamic linker, which would
 * have taken another library's function of the same name; {@link #redirect} does so afterwards.
 */
public final class LibraryCalls {
  private static final int DYNAMIC_SEGMENT = 2;
  private static final int LOADED_SEGMENT = 1;
  private static final int PROTECTED_SEGMENT = 0x6474_e552;
  private static final long SEGMENTS_AT = 32;
  private static final long SEGMENT_BYTES_AT = 54;
  private static final long MACHINE_AT = 18;
  private static final int MACHINE_X64 = 62;
  private static final int MACHINE_ARM64 = 183;
  private static final int SYMBOLS = 6;
  private static final int RELOCATIONS = 7;
  private static final int RELOCATION_BYTES = 8;
  private static final int CALL_BYTES = 2;
  private static final int CALLS = 23;
  private static final int RELATIVE_COUNT = 0x6fff_fff9;
  private static final int TAGS = 32;
  private static final int STRINGS = 5;
  private static final int SYMBOL_LONGS = 3;
  private static final int RELOCATION_LONGS = 3;
  private static final long RELOCATION_SIZE = (long) RELOCATION_LONGS * Long.BYTES;

  /** Relocation types: a call, a pointer in a table. */
  private static final int[] TYPES_X64 = {7, 1};

  private static final int[] TYPES_ARM64 = {1026, 257};

  private final MemorySegment file;
  private final long base;
  private final long[] tags = new long[TAGS];
  private final List<Use> uses;
  private final List<Long>[] places;
  private final long[] functions;
  private long[] symbols = {};
  private long relative;
  private long protectedStart;
  private long protectedEnd;

  /** How a library reaches a function. */
  public enum Kind {
    CALL,
    TABLE
  }

  /** One function that a library reaches in one way. */
  public record Use(String function, Kind kind) {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
  private LibraryCalls(MemorySegment file, long base, List<Use> uses, long[] functions) {
    this.file = file;
    this.base = base;
    this.uses = List.copyOf(uses);
    this.functions = functions;
    places = new List[uses.size()];
    Arrays.setAll(places, n -> new ArrayList<Long>());
  }

  /**
   * Finds the pointers of a library that this process has loaded.
   *
   * @return nothing when one is not there, or holds something else than its function, or the host
   *     does not show where the library lies
   */
  public static Optional<LibraryCalls> find(Path library, List<Use> uses) {
    NativeFunctions symbols = NativeFunctions.ofLibrary(library);
    long[] functions = new long[uses.size()];
    for (int n = 0; n < functions.length; n++) {
      functions[n] = symbols.find(uses.get(n).function).map(MemorySegment::address).orElse(0L);
      if (functions[n] == 0) {
        return Optional.empty();
      }
    }
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(library)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      Optional<Long> base = baseOf(library, functions[0]);
      if (base.isEmpty()) {
        return Optional.empty();
      }
      LibraryCalls calls = new LibraryCalls(file, base.get(), uses, functions);
      return calls.read() ? Optional.of(calls) : Optional.empty();
    } catch (IOException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Where the first byte of a library's file is mapped, as code that has a function. */
  private static Optional<Long> baseOf(Path library, long function) throws IOException {
    String name = " " + library.toRealPath();
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return mappings
          .filter(line -> line.endsWith(name) && line.contains(" 00000000 "))
          .map(line -> Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16))
          .filter(start -> start < function)
          .max(Long::compare);
    }
  }

  private boolean read() throws IOException {
    int machine = file.get(JAVA_SHORT_UNALIGNED, MACHINE_AT);
    if (machine != MACHINE_X64 && machine != MACHINE_ARM64) {
      return false;
    }
    readTags();
    readProtection();
    // The names come behind the symbols, in what linkers make; a table that is cut is no find.
    long symbolTable = inFile(tags[SYMBOLS]);
    symbols = longs(symbolTable, inFile(tags[STRINGS]) - symbolTable);
    int[] types = machine == MACHINE_X64 ? TYPES_X64 : TYPES_ARM64;
    readRelocations(tags[CALLS], tags[CALL_BYTES], types);
    long skipped = relative * RELOCATION_SIZE;
    readRelocations(tags[RELOCATIONS] + skipped, tags[RELOCATION_BYTES] - skipped, types);
    return holdFunctions();
  }

  private boolean holdFunctions() throws IOException {
    try (OwnMemory memory = OwnMemory.open()) {
      for (int n = 0; n < functions.length; n++) {
        if (places[n].isEmpty()) {
          return false;
        }
        for (long place : places[n]) {
          long[] held = memory.read(place, Long.BYTES);
          if (held.length != 1 || held[0] != functions[n]) {
            return false;
          }
        }
      }
      return true;
    }
  }

  private void readTags() {
    long segment = segment(DYNAMIC_SEGMENT, 0);
    long at = file.get(JAVA_LONG_UNALIGNED, segment + 8);
    for (long tag; (tag = file.get(JAVA_LONG_UNALIGNED, at)) != 0; at += 16) {
      long value = file.get(JAVA_LONG_UNALIGNED, at + 8);
      if (tag < TAGS) {
        tags[(int) tag] = value;
      } else if (tag == RELATIVE_COUNT) {
        relative = value;
      }
    }
  }

  /** What the dynamic linker protects after it has relocated it: whole pages (PT_GNU_RELRO). */
  private void readProtection() {
    long segment = segment(PROTECTED_SEGMENT, 0);
    protectedStart = base + file.get(JAVA_LONG_UNALIGNED, segment + 16);
    long end = protectedStart + file.get(JAVA_LONG_UNALIGNED, segment + 40);
    protectedEnd = end & -HostMemory.pageBytes();
  }

  /** Where the header of a segment of a kind is that covers an address; 0 stands for any. */
  private long segment(int kind, long address) {
    long at = file.get(JAVA_LONG_UNALIGNED, SEGMENTS_AT);
    int bytes = file.get(JAVA_SHORT_UNALIGNED, SEGMENT_BYTES_AT);
    for (; ; at += bytes) {
      long start = file.get(JAVA_LONG_UNALIGNED, at + 16);
      long end = start + file.get(JAVA_LONG_UNALIGNED, at + 32);
      boolean covers = address == 0 || (address >= start && address < end);
      if (file.get(JAVA_INT_UNALIGNED, at) == kind && covers) {
        return at;
      }
    }
  }

  private long inFile(long address) {
    long segment = segment(LOADED_SEGMENT, address);
    return address
        - file.get(JAVA_LONG_UNALIGNED, segment + 16)
        + file.get(JAVA_LONG_UNALIGNED, segment + 8);
  }

  private void readRelocations(long table, long bytes, int[] types) {
    long[] relocations = longs(inFile(table), bytes);
    long[] wanted = Arrays.stream(functions).map(function -> function - base).sorted().toArray();
    long first = wanted[0];
    long last = wanted[wanted.length - 1];
    for (int at = 0; at < relocations.length; at += RELOCATION_LONGS) {
      long info = relocations[at + 1];
      int type = (int) info;
      if (type == types[0] || type == types[1]) {
        int symbol = (int) (info >>> Integer.SIZE) * SYMBOL_LONGS;
        long function = symbols[symbol + 1];
        boolean isNear = function >= first && function <= last;
        if (isNear && Arrays.binarySearch(wanted, function) >= 0) {
          Kind kind = type == types[0] ? Kind.CALL : Kind.TABLE;
          take(base + function, kind, base + relocations[at]);
        }
      }
    }
  }

  /** Copied at once: there are tens of thousands, and little time at the start of a process. */
  private long[] longs(long start, long bytes) {
    return file.asSlice(start, bytes / Long.BYTES * Long.BYTES).toArray(JAVA_LONG_UNALIGNED);
  }

  private void take(long function, Kind kind, long place) {
    for (int n = 0; n < functions.length; n++) {
      if (functions[n] == function && uses.get(n).kind == kind) {
        places[n].add(place);
      }
    }
  }

  /** The address of a function that is used. */
  public long function(Use use) {
    return functions[uses.indexOf(use)];
  }

  /** Lets the library reach a function of the same shape instead, which must live as long. */
  public void redirect(Use use, MemorySegment to) {
    places[uses.indexOf(use)].forEach(place -> write(place, to.address()));
  }

  @SuppressWarnings("restricted") // the place has been read, and held what it should
  private void write(long place, long pointer) {
    if (place >= protectedStart && place < protectedEnd) {
      new HostMemory().overwrite(place, pointer);
    } else {
      MemorySegment.ofAddress(place).reinterpret(Long.BYTES).set(JAVA_LONG, 0, pointer);
    }
  }
}
