package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Addresses of which somebody is told before the instruction there is executed, and stores. The
 * engine looks for hooks when it translates: other code runs as fast as without.
 */
final class WatchedCode {
  /** Each makes translating a little slower. */
  private static final int MOST = 128;

  private final LibUnicorn library;
  private final long engine;
  private final EngineExit departure;
  private final Supplier<UserTraps> told;
  private final Arena lifetime;
  private final MemorySegment hook;
  private final Set<Long> addresses = new TreeSet<>();

  /** Tells {@code told} of code of an engine. */
  WatchedCode(
      LibUnicorn library,
      long engine,
      EngineExit departure,
      Supplier<UserTraps> told,
      Arena lifetime) {
    this.library = library;
    this.engine = engine;
    this.departure = departure;
    this.told = told;
    this.lifetime = lifetime;
    hook = NativeFunctions.callback(this::onCode, lifetime);
  }

  /** Watches one more address; no more than a limit. */
  void add(long pc) {
    if (addresses.size() < MOST && addresses.add(pc)) {
      long _ = library.addHook(engine, HookType.CODE.bits(), hook, 0, new long[] {pc, pc});
    }
  }

  /** Watches all stores. */
  void addStores() {
    MemorySegment stores = NativeFunctions.callback(this::onStore, lifetime);
    library.addHook(engine, HookType.STORE.bits(), stores, 0);
  }

  /** Called by the engine: (engine, kind, address, size, value, user data). */
  @SuppressWarnings("UnusedVariable")
  private long onStore(long uc, long kind, long address, long size, long value) {
    try {
      told.get().stores(address, (int) size);
    } catch (Throwable failure) {
      departure.keepUntilNextBlock(failure);
    }
    return 0;
  }

  /** Called by the engine: (engine, address, size, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onCode(long uc, long address, long size, long user, long e) {
    try {
      told.get().reached(address);
    } catch (Throwable failure) {
      departure.keepUntilNextBlock(failure);
    }
    return 0;
  }
}
