package dev.roundhouse.emulator.stubs;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.emulator.ports.GuestRam;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.Symbol;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A program file with stubs. It is not trusted. One that is position-independent is relocated; of
 * others what is linked below {@link #START} is moved, which code does not see that addresses
 * itself relatively to pc.
 */
public final class StubFile {
  /** Where memory begins that code may be in: at 0 nothing may be, so that NULL fails. */
  static final long START = 0x20_0000;

  private static final long UNIT = 0x20_0000;
  private static final long MOST_BYTES = 64L << 20;
  private static final int HEADER_BYTES = 64;
  private static final int MAGIC = 0x464C_457F;
  private static final int TYPE = 16;
  private static final int SHORT_MASK = 0xffff;
  private static final int OBJECT = 1;
  private static final int POSITION_INDEPENDENT = 3;

  private final String name;
  private final KernelImage image;
  private final Optional<ElfImage> relocatable;
  private final Symbols symbols;
  private final long bytes;
  private final long bias;

  private StubFile(String name, KernelImage image, Optional<ElfImage> relocatable)
      throws UserError {
    this.name = name;
    this.image = image;
    this.relocatable = relocatable;
    symbols = Symbols.of(image);
    long lowest =
        image.symbols().named(_ -> true).stream().mapToLong(Symbol::address).min().orElse(START);
    bias =
        relocatable.isPresent()
            ? START - relocatable.get().base()
            : Long.compareUnsigned(lowest, START) < 0 ? START : 0;
    bytes = room();
  }

  /**
   * Reads a file.
   *
   * @param content all of it; it is not copied and must not change
   * @throws UserError if it has no stubs that can be executed
   */
  public static StubFile of(String name, byte[] content) throws UserError {
    if (content.length < HEADER_BYTES || word(content, 0) != MAGIC) {
      throw unusable(name, "is no ELF file; give the program or kernel with its symbols");
    }
    if ((word(content, TYPE) & SHORT_MASK) == OBJECT) {
      throw unusable(name, "is an object file; link it, as by gcc -nostdlib -static -Wl,-e,0");
    }
    try {
      KernelImage image = KernelImage.parse(name, content);
      if (image.symbols().size() == 0) {
        throw unusable(name, "has no symbols to find stubs by; do not strip it");
      }
      return (word(content, TYPE) & SHORT_MASK) == POSITION_INDEPENDENT
          ? new StubFile(name, image, Optional.of(relocatable(name, content)))
          : new StubFile(name, image, Optional.empty());
    } catch (KernelImageException e) {
      throw new UserError(ExitCode.PROGRAM, "stubs: " + e.getMessage(), e);
    }
  }

  private static ElfImage relocatable(String name, byte[] content) throws UserError {
    return switch (ElfImage.parse(name, content)) {
      case ParseResult.Accepted accepted -> accepted.image();
      case ParseResult.Refused(var problem) -> throw unusable(name, problem.what());
    };
  }

  private static int word(byte[] content, int at) {
    int word = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      word |= (content[at + i] & 0xff) << (Byte.SIZE * i);
    }
    return word;
  }

  private static UserError unusable(String name, String why) {
    return new UserError(ExitCode.PROGRAM, "stubs: " + name + " " + why);
  }

  /** How many bytes of memory from {@link #START} on it needs. */
  private long room() throws UserError {
    if (relocatable.isPresent()) {
      long span = relocatable.get().span();
      if (span > MOST_BYTES) {
        throw unusable(name, "needs more than " + (MOST_BYTES >> 20) + " MiB of memory");
      }
      return (span + UNIT - 1) / UNIT * UNIT;
    }
    for (long size = UNIT; size <= MOST_BYTES; size *= 2) {
      try {
        image.requireRoom(START + size - bias);
        return size;
      } catch (KernelImageException e) {
        // Perhaps there is room in twice as much.
      }
    }
    throw unusable(
        name,
        "is linked at 0x%x or needs more than %d MiB; link it below 0x%x, or position-independent"
            .formatted(image.entry(), MOST_BYTES >> 20, MOST_BYTES));
  }

  /** Bytes of memory from {@link #START} on. */
  long bytes() {
    return bytes;
  }

  /** Copies what is loaded to memory that is zero and starts at {@link #START}. */
  void place(MemorySegment memory) {
    if (relocatable.isPresent()) {
      relocatable.get().place(new GuestRam(START, memory), new AddressRange(START, bytes));
    } else {
      image.place(new GuestRam(START - bias, memory));
    }
  }

  /** The functions that are called as an ABI's are: letter case and underscores do not matter. */
  List<Stub> functions(CallAbi.Entry entry, String call, String suffix) {
    String full = plain(entry.prefix() + call + suffix);
    return image.symbols().named(symbol -> plain(symbol).equals(full)).stream()
        .filter(symbol -> image.isLinkedAt(symbol.address()))
        .map(symbol -> new Stub(symbol.name(), symbol.address() + bias, symbol.size()))
        .toList();
  }

  private static String plain(String symbol) {
    return symbol.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** System calls in the midst of functions. */
  List<InlinedCalls.Place> inlinedCalls() {
    return InlinedCalls.in(image);
  }

  /** Where an instruction is, in words. */
  String place(long pc) {
    List<CodePlace> places = symbols.at(pc - bias);
    String text = places.isEmpty() ? "" : places.getLast().text() + ", ";
    return "%s0x%x".formatted(text, pc - bias);
  }

  /**
   * A function that makes a call.
   *
   * @param address where it is when it is executed
   * @param bytes of its code, or 0 if the file does not say
   */
  record Stub(String name, long address, long bytes) {}
}
