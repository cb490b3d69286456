package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.platform.OwnMemory;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the {@link RegisterWindow} of an engine whose structures it does not know: writes a pattern
 * into the registers through the engine's interface, and looks for that pattern behind each pointer
 * in the engine's structure. All reading goes through the operating system, which answers a bad
 * address with an error and not with a crash; so a wrong guess costs time and nothing else. A find
 * is checked in both directions before it is used.
 */
public final class RegisterWindowFinder {
  private static final int ENGINE_BYTES = 1 << 15;
  private static final int PROCESSOR_BYTES = 1 << 16;
  private static final int WORD = 8;
  private static final long LOWEST_POINTER = 1 << 16;
  private static final long POINTER_ALIGNMENT = 16;

  /** Where builds that we have seen keep the processor's pointer: looked at first, to save time. */
  private static final int[] LIKELY_FIELDS = {0x1a0 / WORD, 0x180 / WORD};

  private static final long PATTERN = 0x5a17_c0de_0000_0001L;
  private static final long CHECK = 0x0ff5_e7c4_ec00_0000L;

  private final LibUnicorn library;
  private final long engine;
  private final OwnMemory memory;

  private RegisterWindowFinder(LibUnicorn library, long engine, OwnMemory memory) {
    this.library = library;
    this.engine = engine;
    this.memory = memory;
  }

  /**
   * The window of an engine that does not run, or nothing where the host gives no safe way to look.
   */
  public static Optional<RegisterWindow> find(LibUnicorn library, long engine) {
    try (OwnMemory memory = OwnMemory.open()) {
      return new RegisterWindowFinder(library, engine, memory).find();
    } catch (java.io.IOException e) {
      return Optional.empty();
    }
  }

  private Optional<RegisterWindow> find() {
    writePattern(PATTERN);
    long[] fields = memory.read(engine, ENGINE_BYTES);
    for (int likely : LIKELY_FIELDS) {
      Optional<RegisterWindow> window =
          likely < fields.length ? behind(fields[likely]) : Optional.empty();
      if (window.isPresent()) {
        return window;
      }
    }
    for (long field : fields) {
      Optional<RegisterWindow> window = behind(field);
      if (window.isPresent()) {
        return window;
      }
    }
    return Optional.empty();
  }

  private Optional<RegisterWindow> behind(long field) {
    if (field < LOWEST_POINTER || field % POINTER_ALIGNMENT != 0) {
      return Optional.empty();
    }
    OptionalLong address = patternBehind(field);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (isRight(address.getAsLong())) {
      return Optional.of(new RegisterWindow(address.getAsLong()));
    }
    writePattern(PATTERN); // The check has written another one, and the search goes on.
    return Optional.empty();
  }

  private OptionalLong patternBehind(long pointer) {
    long[] words = memory.read(pointer, PROCESSOR_BYTES);
    for (int start = 0; start + RegisterWindow.REGISTERS <= words.length; start++) {
      if (words[start] == PATTERN && holdsPattern(words, start, PATTERN)) {
        return OptionalLong.of(pointer + (long) start * WORD);
      }
    }
    return OptionalLong.empty();
  }

  private static boolean holdsPattern(long[] words, int start, long pattern) {
    for (int place = 0; place < RegisterWindow.REGISTERS; place++) {
      if (words[start + place] != pattern + place * POINTER_ALIGNMENT) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a change through the interface shows in the window, and one in the window shows there.
   */
  private boolean isRight(long address) {
    writePattern(CHECK);
    long[] seen = memory.read(address, RegisterWindow.REGISTERS * WORD);
    if (seen.length != RegisterWindow.REGISTERS || !holdsPattern(seen, 0, CHECK)) {
      return false;
    }
    RegisterWindow window = new RegisterWindow(address);
    long[] zeros = new long[SavedRegisters.COUNT];
    window.write(0, SavedRegisters.PC, zeros);
    try (Arena arena = Arena.ofConfined()) {
      RegisterBatch batch = windowBatch(arena);
      library.read(engine, batch);
      long[] read = new long[SavedRegisters.COUNT];
      batch.store(read);
      return java.util.Arrays.equals(read, zeros);
    }
  }

  private void writePattern(long pattern) {
    long[] values = new long[SavedRegisters.COUNT];
    for (int place = 0; place < RegisterWindow.REGISTERS; place++) {
      values[place] = pattern + place * POINTER_ALIGNMENT;
    }
    try (Arena arena = Arena.ofConfined()) {
      RegisterBatch batch = windowBatch(arena);
      batch.load(values);
      library.write(engine, batch);
    }
  }

  private static RegisterBatch windowBatch(Arena arena) {
    return new RegisterBatch(arena, new RegisterBatch.Run(0, SavedRegisters.PC));
  }
}
