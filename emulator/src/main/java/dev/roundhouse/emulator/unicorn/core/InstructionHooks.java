package dev.roundhouse.emulator.unicorn.core;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.roundhouse.emulator.unicorn.binding.EngineException;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Hooks of single instructions that come and go. The engine looks for hooks when it translates, and
 * goes through all of them: so one that is wanted no more is not deleted, which drops translations
 * by virtual addresses, but is moved to the next instruction that is. Its bounds lie in the
 * structure that it is known by (include/uc_priv.h, struct hook: begin and end side by side).
 */
final class InstructionHooks {
  /** No code has it. */
  private static final long NOWHERE = -4;

  /** So many that nobody wants any more stay where they are: they may be wanted again soon. */
  private static final int MOST_IDLE = 64;

  private static final long STRUCTURE_BYTES = 48;

  private final LibUnicorn library;
  private final long engine;
  private final MemorySegment callback;
  private final Translations translations;
  private final Map<Long, MemorySegment> placed = new LinkedHashMap<>();
  private final Deque<MemorySegment> free = new ArrayDeque<>();

  /** What the engine has of code. */
  interface Translations {
    /** Drops those of the instruction at an address. */
    void drop(long pc);
  }

  InstructionHooks(
      LibUnicorn library, long engine, MemorySegment callback, Translations translations) {
    this.library = library;
    this.engine = engine;
    this.callback = callback;
    this.translations = translations;
  }

  /** Hooks these instructions; others may be hooked as well, unless these are none. */
  void place(Set<Long> wanted) {
    int most = wanted.isEmpty() ? 0 : MOST_IDLE + wanted.size();
    Iterator<Map.Entry<Long, MemorySegment>> oldest = placed.entrySet().iterator();
    while (placed.size() > most) {
      Map.Entry<Long, MemorySegment> next = oldest.next();
      if (!wanted.contains(next.getKey())) {
        move(next.getValue(), NOWHERE);
        translations.drop(next.getKey());
        free.add(next.getValue());
        oldest.remove();
      }
    }
    for (long pc : wanted) {
      if (!placed.containsKey(pc)) {
        MemorySegment bounds = free.isEmpty() ? added() : free.remove();
        move(bounds, pc);
        placed.put(pc, bounds);
        translations.drop(pc);
      }
    }
  }

  boolean isPlacedAt(long pc) {
    return placed.containsKey(pc);
  }

  private static void move(MemorySegment bounds, long pc) {
    bounds.set(JAVA_LONG_UNALIGNED, 0, pc);
    bounds.set(JAVA_LONG_UNALIGNED, Long.BYTES, pc);
  }

  @SuppressWarnings("restricted") // the engine's structure, which it told us
  private MemorySegment added() {
    long[] nowhere = {NOWHERE, NOWHERE};
    long place = library.addHook(engine, HookType.CODE.bits(), callback, 0, nowhere);
    MemorySegment hook = MemorySegment.ofAddress(place).reinterpret(STRUCTURE_BYTES);
    for (long at = 0; at <= STRUCTURE_BYTES - 2 * Long.BYTES; at += Long.BYTES) {
      if (hook.get(JAVA_LONG_UNALIGNED, at) == NOWHERE
          && hook.get(JAVA_LONG_UNALIGNED, at + Long.BYTES) == NOWHERE) {
        return hook.asSlice(at, 2 * Long.BYTES);
      }
    }
    throw new EngineException("a hook whose bounds are not where they are looked for");
  }
}
