package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.Caching;
import dev.roundhouse.emulator.cpu.EventRegister;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.emulator.unicorn.core.TranslationWalk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The guest's code and the engine's translations of it: looked at when they are made ({@link
 * CodeWatch}), dropped when the code has changed ({@link ChangedCode}), and executed as its caches
 * are ({@link CacheControl}).
 */
final class GuestCode implements CodeWatch.Code {
  private final Engine engine;
  private final GuestData data;
  private final VirtualPages pages;
  private final ChangedCode changed;
  private final CodeWatch watch;
  private final CacheControl caches;

  /**
   * The engine that executes it.
   *
   * @param handle the library's
   * @param lifetime of all that it is given
   */
  record Engine(LibUnicorn library, long handle, Arena lifetime) {}

  GuestCode(Engine engine, GuestData data, BlockCounter counter, EngineExit departure) {
    this.engine = engine;
    this.data = data;
    SystemWindow window = data.window();
    SystemRegisterFile registers = data.registers();
    TranslatedCode translated = new TranslatedCode(data.ram(), engine.lifetime);
    pages = new VirtualPages(window, data.ram(), translated, data::physical, engine.lifetime);
    changed = new ChangedCode(translated, pages, this, counter);
    watch = new CodeWatch(this, data, changed, departure, counter::cutShort);
    caches = new CacheControl(window, registers, this, counter::cutShort, engine.lifetime);
    new CacheMaintenanceHook(pages, changed, departure::keepUntilNextBlock)
        .add(engine.library, engine.handle, engine.lifetime);
  }

  /** Hooks what sets the event register, and {@code wfe} with {@code onWait}. */
  void addEvents(EventRegister events, MemorySegment onWait) {
    EventSites sites = new EventSites(events, this, onWait, engine.lifetime);
    watch.add(
        engine.library,
        engine.handle,
        (at, instruction) -> {
          boolean isHooked = sites.look(at, instruction);
          return caches.look(at, instruction) || isHooked;
        },
        engine.lifetime);
  }

  @Override
  public long physical(long virtual) {
    return data.physical(virtual);
  }

  @Override
  public int at(long physical) {
    return data.ram().instruction(physical);
  }

  @Override
  public void hook(long virtual, EventSites.Hook hook) {
    long[] where = {virtual, virtual};
    long _ =
        engine.library.addHook(
            engine.handle, HookType.CODE.bits(), hook.function(), hook.userData(), where);
  }

  @Override
  public void forget(long physical, int bytes) {
    if (physical != TranslationWalk.NOTHING) {
      data.window()
          .withPhysicalAddresses(
              () -> engine.library.removeTranslations(engine.handle, physical, physical + bytes));
    }
  }

  /** The engine that executes it. */
  Engine engine() {
    return engine;
  }

  /** The memory that it is in, and all else that the core sees. */
  GuestData data() {
    return data;
  }

  /** Where pages of virtual addresses are, for whoever hears of changes. */
  VirtualPages pages() {
    return pages;
  }

  /** Code is about to run for the first time: the engine says nothing of its first block. */
  void starts(long pc) {
    lookAtCaches();
    watch.lookAtFirstBlock(pc);
  }

  /** A control register is about to be written. */
  void controlWritten() {
    watch.controlWritten();
    caches.controlWritten();
  }

  /** An exception was taken. */
  void exceptionTaken() {
    caches.exceptionTaken();
  }

  /** What is cached at the present exception level. */
  Caching caching() {
    return caches.now();
  }

  /**
   * Compares a block that is about to run with what was translated, if that is called for.
   *
   * @return whether it has changed, and must be found again
   */
  boolean hasChanged(long block, int instructions) {
    return changed.isComparing() && changed.dropIfChanged(block, instructions);
  }

  /**
   * Drops what must not run as it was translated.
   *
   * @param block the block that is about to run
   * @return whether it must be found again
   */
  boolean dropStale(long block) {
    lookAtCaches();
    boolean isStale = changed.takeDropped();
    return watch.dropStale(block) || isStale;
  }

  private void lookAtCaches() {
    if (caches.now() == Caching.NOTHING) {
      changed.cacheIsOff();
    } else {
      changed.cacheIsOn();
    }
  }

  /** What there is to tell of code, once. */
  List<CodeWatch.Misuse> takeMisuses() {
    return watch.takeMisuses();
  }

  /** The block that was dropped is found again next. */
  void findsAgain() {
    watch.findsAgain();
  }

  /** The block that was dropped is not found next, but an interrupt is taken or tried. */
  void isInterrupted() {
    watch.isInterrupted();
  }
}
