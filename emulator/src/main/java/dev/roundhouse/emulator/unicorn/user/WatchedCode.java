package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Addresses of which somebody is told before the instruction there is executed. The engine looks
 * for hooks when it translates: other code runs as fast as without.
 */
final class WatchedCode {
  /** Each makes translating a little slower. */
  private static final int MOST = 128;

  private final LibUnicorn library;
  private final long engine;
  private final EngineExit departure;
  private final LongConsumer reached;
  private final MemorySegment hook;
  private final Set<Long> addresses = new TreeSet<>();

  /** Tells {@code reached} of code of an engine. */
  WatchedCode(
      LibUnicorn library, long engine, EngineExit departure, LongConsumer reached, Arena lifetime) {
    this.library = library;
    this.engine = engine;
    this.departure = departure;
    this.reached = reached;
    hook = NativeFunctions.callback(this::onCode, lifetime);
  }

  /** Watches one more address; no more than a limit. */
  void add(long pc) {
    if (addresses.size() < MOST && addresses.add(pc)) {
      long _ = library.addHook(engine, HookType.CODE.bits(), hook, 0, new long[] {pc, pc});
    }
  }

  /** Called by the engine: (engine, address, size, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onCode(long uc, long address, long size, long user, long e) {
    try {
      reached.accept(address);
    } catch (Throwable failure) {
      departure.keepUntilNextBlock(failure);
    }
    return 0;
  }
}
