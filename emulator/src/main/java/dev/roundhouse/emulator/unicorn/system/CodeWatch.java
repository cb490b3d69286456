package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.AccessFinder;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at each block of code when the engine translates it, for instructions that the engine
 * executes otherwise than the chip: a look costs nothing when the block runs again. A block that
 * must be translated anew is dropped and found again before it runs.
 */
final class CodeWatch {
  private static final long BLOCK_STRUCTURE_BYTES = 12;
  private static final long BLOCK_SIZE = 10;
  private static final int PAGE_MASK = (1 << 12) - 1;
  private static final int SHORT_MASK = 0xffff;
  private static final int LONGEST_FIRST_BLOCK = 2048;
  private static final int MOST_TOLD = 32;

  private final Code code;
  private final SystemWindow window;
  private final SystemRegisterFile registers;
  private final EngineExit departure;
  private final Runnable lookSoon;
  private final FloatingPointTrap floatingPoint;
  private final ChangedCode changed;
  private final Set<Long> toldPlaces = new TreeSet<>();
  private final List<Misuse> untold = new ArrayList<>();
  private Look sites = (at, instruction) -> false;
  private long staleStart;
  private int staleBytes;

  /** The code that the core sees at virtual addresses, and its translations. */
  interface Code extends AccessFinder.Code {
    /** Lets a hook be called before the instruction at an address, once it is translated anew. */
    void hook(long virtual, EventSites.Hook hook);

    /** Drops translations of code of which a part lies in this physical range. */
    void forget(long physical, int bytes);
  }

  /** Looks at an instruction of a new block; whether the block must be translated anew. */
  interface Look {
    boolean at(long address, int instruction);
  }

  /** Code at {@code pc} does what the chip would not do as it is done here. */
  record Misuse(long pc, String what) {}

  CodeWatch(
      Code code, GuestData data, ChangedCode changed, EngineExit departure, Runnable lookSoon) {
    this.code = code;
    window = data.window();
    registers = data.registers();
    this.changed = changed;
    this.departure = departure;
    this.lookSoon = lookSoon;
    floatingPoint = new FloatingPointTrap(window, registers, code);
  }

  /** Adds the hook; {@code newSites} looks at each instruction too. */
  void add(LibUnicorn library, long engine, Look newSites, Arena lifetime) {
    sites = newSites;
    MemorySegment hook = NativeFunctions.callback(this::onTranslated, lifetime);
    library.addHook(engine, HookType.TRANSLATION.bits(), hook, 0);
  }

  /** Called by the engine: (engine, the new block, the block before it, user data). */
  @SuppressWarnings({"UnusedVariable", "restricted"}) // the engine passes its structure, uc_tb
  private long onTranslated(long uc, long block, long before, long user, long e) {
    try {
      MemorySegment fields = MemorySegment.ofAddress(block).reinterpret(BLOCK_STRUCTURE_BYTES);
      look(fields.get(JAVA_LONG, 0), fields.get(JAVA_SHORT, BLOCK_SIZE) & SHORT_MASK);
    } catch (Throwable failure) {
      departure.keepUntilNextBlock(failure);
    }
    return 0;
  }

  /** The engine says nothing of the first block that it translates. */
  void lookAtFirstBlock(long start) {
    long physical = code.physical(start);
    int bytes = 0;
    while (bytes < LONGEST_FIRST_BLOCK && !Opcode.mayEndBlock(code.at(physical + bytes))) {
      bytes += Opcode.BYTES;
    }
    look(start, bytes + Opcode.BYTES);
  }

  private void look(long start, int bytes) {
    boolean isStale = false;
    long firstFloatingPoint = FloatingPointTrap.NOWHERE;
    long physical = code.physical(start);
    for (long at = start; at < start + bytes; at += Opcode.BYTES) {
      if ((at & PAGE_MASK) == 0) {
        physical = code.physical(at);
      }
      int instruction = code.at(physical);
      changed.note(physical);
      physical += Opcode.BYTES;
      isStale |= sites.at(at, instruction);
      if (Opcode.isStoreExclusive(instruction)) {
        lookAtExclusive(at);
      } else if (firstFloatingPoint == FloatingPointTrap.NOWHERE
          && Opcode.isFloatingPoint(instruction)) {
        firstFloatingPoint = at;
      }
    }
    if (firstFloatingPoint != FloatingPointTrap.NOWHERE) {
      isStale |= floatingPoint.isToTrap(start, bytes);
      floatingPoint.misuse(firstFloatingPoint).ifPresent(this::tell);
    }
    if (isStale) {
      staleStart = start;
      staleBytes = bytes;
    }
    if (isStale || !untold.isEmpty()) {
      lookSoon.run();
    }
  }

  /**
   * Exclusives work on memory that is normal and cacheable; whether they do elsewhere is up to the
   * chip (Arm Architecture Reference Manual for A-profile, B2.9.2), and with the MMU off all data
   * is Device-nGnRnE (D8.2.11, "The effects of disabling a stage of address translation").
   */
  private void lookAtExclusive(long at) {
    if (!registers.isCached(window.level())) {
      tell(
          new Misuse(
              at,
              "store-exclusive while the MMU or the data cache is off: no monitor of the chip watches"
                  + " such memory, so it never succeeds or is aborted; here it works"));
    }
  }

  private void tell(Misuse misuse) {
    if (toldPlaces.size() < MOST_TOLD && toldPlaces.add(misuse.pc)) {
      untold.add(misuse);
    }
  }

  /** What there is to tell, once. */
  List<Misuse> takeMisuses() {
    if (untold.isEmpty()) {
      return List.of();
    }
    List<Misuse> taken = List.copyOf(untold);
    untold.clear();
    return taken;
  }

  /** A register was written that may say who may use FP and SIMD. */
  void controlWritten() {
    floatingPoint.controlWritten();
    lookSoon.run();
  }

  /**
   * Drops what must not run as it was translated.
   *
   * @param block the block that is about to run
   * @return whether it must be found again
   */
  boolean dropStale(long block) {
    boolean isStale = floatingPoint.dropForbidden();
    if (staleBytes != 0) {
      isStale |= block == staleStart;
      code.forget(code.physical(staleStart), staleBytes);
      staleBytes = 0;
    }
    return isStale;
  }

  /** The block that was dropped is found again next. */
  void findsAgain() {
    floatingPoint.arm();
  }

  /** The block that was dropped is not found next, but an interrupt is taken or tried. */
  void isInterrupted() {
    floatingPoint.disarm();
  }
}
