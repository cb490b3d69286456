package dev.roundhouse.emulator.unicorn.core;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.platform.OwnMemory;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.Arm64StartState;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.InstructionSet;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.binding.RegisterWindow;
import dev.roundhouse.emulator.unicorn.binding.RegisterWindowFinder;
import dev.roundhouse.emulator.unicorn.core.CoprocessorRegister.Encoding;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves where the engine keeps what {@link SystemWindow} shows.
 *
 * <p>The registers are written through the engine's interface and looked up at their offsets. The
 * record of the last exception is found by taking exceptions whose syndromes are known, in an
 * engine of its own: two system calls, and a fetch with the MMU on and nothing mapped. In between,
 * whether FP traps when the flags say so is tried; at the end, whether translations are dropped by
 * physical address, though nothing is mapped. All looking goes through the operating system, which
 * answers a bad address with an error.
 */
public final class SystemWindowFinder {
  private static final long CODE = 0x10000;
  private static final long PAGE = 0x10000;
  private static final long NOWHERE = -4;
  private static final long FAILED_FETCH = CODE + 4 * 4;
  private static final int[] PROGRAM = {
    0xd40b42e1, // svc #0x5a17
    0xd4057861, // svc #0x2bc3
    0x9e670020, // fmov d0, x1
    0xd5181001, // msr sctlr_el1, x1
    0xd503201f, // nop
  };
  private static final int SYSTEM_CALL = 0x56000000;
  private static final int[] SYNDROMES = {SYSTEM_CALL | 0x5a17, SYSTEM_CALL | 0x2bc3};
  private static final int OTHER_CALL = 0xd4078961; // svc #0x3c4b
  private static final int OTHER_SYNDROME = SYSTEM_CALL | 0x3c4b;
  private static final int FLOATING_POINT_TRAPPED = 0x1fe;
  private static final int FLOATING_POINT_ISS_BITS = 20;
  private static final int FLAGS_WORD = SystemWindow.FLAGS / 4;
  private static final int IN_AARCH64 = 1 << 31;
  private static final int REGIME_OF_EL1 = 2;
  private static final int WORD = 4;
  private static final int RECORD_WORDS = 6;
  private static final int TARGET_WORD = 4;
  private static final int LEVELS = 4;
  private static final long MMU_ON = 0x30c5_0839L;
  private static final long NO_TABLES = (1 << 7) | 25;
  private static final long MMU_OFF = MMU_ON & ~1L;
  private static final Encoding SCTLR_EL1 = new Encoding(0, 1, 0, 0);
  private static final Encoding TCR_EL1 = new Encoding(0, 2, 0, 2);
  private static final long PATTERN = 0x5a17_0000_c0de_0010L;

  private final LibUnicorn library;
  private final OwnMemory memory;
  private final int[][] seen = new int[SYNDROMES.length][];
  private int[] atFault = new int[0];
  private int[] atFloatingPoint = new int[0];
  private int calls;
  private @Nullable RegisterWindow registers;
  private long core;

  private SystemWindowFinder(LibUnicorn library, OwnMemory memory) {
    this.library = library;
    this.memory = memory;
  }

  /**
   * The window of an engine that does not run, or nothing where its structures are others or the
   * host gives no safe way to look. Registers of the engine are overwritten.
   */
  public static Optional<SystemWindow> find(LibUnicorn library, long engine) {
    try (OwnMemory memory = OwnMemory.open()) {
      Optional<RegisterWindow> registers = RegisterWindowFinder.find(library, engine);
      if (registers.isEmpty()) {
        return Optional.empty();
      }
      SystemWindowFinder finder = new SystemWindowFinder(library, memory);
      long exception = finder.exceptionRecord();
      if (exception < 0) {
        return Optional.empty();
      }
      SystemWindow window =
          new SystemWindow(
              registers.get().address(), exception, finder.trapsFloatingPoint(exception));
      InstructionSet.restrict(registers.get());
      return finder.showsBanks(window, engine) ? Optional.of(window) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean showsBanks(SystemWindow window, long engine) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_LONG);
      for (int level = 0; level < LEVELS; level++) {
        value.set(JAVA_LONG, 0, PATTERN + level);
        library.writeRegister(engine, Arm64Register.SP_EL0 + level, value);
        value.set(JAVA_LONG, 0, ~PATTERN - level);
        library.writeRegister(engine, Arm64Register.ELR_EL0 + level, value);
      }
      value.set(JAVA_LONG, 0, Arm64StartState.PSTATE_EL1);
      library.writeRegister(engine, Arm64Register.PSTATE, value);
      boolean right = window.level() == 1 && window.usesOwnStack();
      right &= window.masks() == (Arm64StartState.PSTATE_EL1 & SystemWindow.ALL_MASKED);
      for (int level = 0; level < LEVELS; level++) {
        right &= window.bank(SystemWindow.SP_EL0, level) == PATTERN + level;
        right &= window.bank(SystemWindow.ELR_EL0, level) == ~PATTERN - level;
      }
      return right;
    }
  }

  /** Offset from x0 of the record of the last exception, or -1. */
  private long exceptionRecord() {
    long engine = library.open();
    try (Arena arena = Arena.ofShared()) {
      boolean _ = Arm64StartState.chooseProcessor(library, engine);
      RegisterWindow found = RegisterWindowFinder.find(library, engine).orElse(null);
      if (found == null) {
        return -1;
      }
      registers = found;
      core = found.address();
      MemorySegment page = new HostMemory().reserve(PAGE, arena);
      MemorySegment.copy(MemorySegment.ofArray(PROGRAM), 0, page, 0, (long) WORD * PROGRAM.length);
      library.mapMemory(engine, CODE, page);
      MemorySegment hook = NativeFunctions.callback(this::onException, arena);
      library.addHook(engine, HookType.INTERRUPT.bits(), hook, 0);
      MemorySegment value = arena.allocate(JAVA_LONG);
      value.set(JAVA_LONG, 0, Arm64StartState.PSTATE_EL1);
      library.writeRegister(engine, Arm64Register.PSTATE, value);
      new CoprocessorRegister(library, engine, TCR_EL1, arena).write(NO_TABLES);
      found.set(1, MMU_ON);
      int _ = library.start(engine, CODE, NOWHERE);
      long exceptionRecord = offsetOfRecord();
      return exceptionRecord >= 0 && dropsByPhysicalAddress(engine, page, exceptionRecord, arena)
          ? exceptionRecord
          : -1;
    } finally {
      library.close(engine);
    }
  }

  /**
   * Changes the first instruction, whose translation would be kept, and drops it where no virtual
   * address leads there.
   */
  private boolean dropsByPhysicalAddress(
      long engine, MemorySegment page, long exceptionRecord, Arena arena) {
    if (!hasFlags(atFault) || SystemWindow.regime(atFault[FLAGS_WORD]) != REGIME_OF_EL1) {
      return false;
    }
    page.set(JAVA_INT, 0, OTHER_CALL);
    new SystemWindow(core, exceptionRecord, false)
        .withPhysicalAddresses(() -> library.removeTranslations(engine, CODE, CODE + WORD));
    new CoprocessorRegister(library, engine, SCTLR_EL1, arena).write(MMU_OFF);
    int _ = library.start(engine, CODE, NOWHERE);
    return atFault[(int) (exceptionRecord / WORD)] == OTHER_SYNDROME;
  }

  /** Called by the engine: (engine, exception number, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onException(long engine, long exception, long user, long d, long e) {
    try {
      int[] words = words();
      if ((int) exception == ExceptionEntry.UNDEFINED && registers != null) {
        atFloatingPoint = words;
        registers.set(SavedRegisters.PC, registers.get(SavedRegisters.PC) + WORD);
      } else if (calls < seen.length) {
        seen[calls++] = words;
        askForFloatingPointTrap(words);
      } else {
        atFault = words;
        library.stop(engine);
      }
    } catch (RuntimeException failure) {
      library.stop(engine);
    }
    return 0;
  }

  /** Before the instruction behind the last call, if the flags are where they are looked for. */
  @SuppressWarnings("restricted") // the place has been read, and holds what it should
  private void askForFloatingPointTrap(int[] words) {
    if (calls == seen.length && hasFlags(words)) {
      MemorySegment flags =
          MemorySegment.ofAddress(core + SystemWindow.FLAGS).reinterpret(Integer.BYTES);
      flags.set(JAVA_INT, 0, words[FLAGS_WORD] | 1 << SystemWindow.FLOATING_POINT_SHIFT);
    }
  }

  private static boolean hasFlags(int[] words) {
    return words[FLAGS_WORD - 1] == 1 && (words[FLAGS_WORD] & IN_AARCH64) != 0;
  }

  private boolean trapsFloatingPoint(long exception) {
    int word = (int) (exception / WORD);
    return atFloatingPoint.length > word
        && atFloatingPoint[word] >>> FLOATING_POINT_ISS_BITS == FLOATING_POINT_TRAPPED;
  }

  private int[] words() {
    long[] longs = memory.read(core, SystemWindow.BYTES);
    int[] words = new int[longs.length * 2];
    MemorySegment.copy(
        MemorySegment.ofArray(longs),
        0,
        MemorySegment.ofArray(words),
        0,
        (long) words.length * WORD);
    return words;
  }

  private long offsetOfRecord() {
    if (calls < seen.length || atFault.length == 0) {
      return -1;
    }
    for (int at = 0; at + RECORD_WORDS <= atFault.length; at += 2) {
      boolean hasAddress =
          Integer.toUnsignedLong(atFault[at + 2]) == FAILED_FETCH && atFault[at + 3] == 0;
      boolean hasCalls = seen[0][at] == SYNDROMES[0] && seen[1][at] == SYNDROMES[1];
      if (hasAddress && hasCalls && atFault[at + TARGET_WORD] == 1) {
        return (long) at * WORD;
      }
    }
    return -1;
  }
}
