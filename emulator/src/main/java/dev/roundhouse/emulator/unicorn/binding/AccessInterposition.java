package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.platform.HostPlatform;
import dev.roundhouse.emulator.platform.LibraryCalls;
import dev.roundhouse.emulator.platform.LibraryCalls.Kind;
import dev.roundhouse.emulator.platform.LibraryCalls.Use;
import dev.roundhouse.emulator.platform.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets cores decide how the engine does their loads and stores. The engine has what it takes, but
 * never asks for it: each access that it translates says what alignment it needs, and only the
 * exclusive ones say any (qemu/target/arm/translate-a64.c, 2.1.1). So the functions by which the
 * translator emits an access, and a few more, are reached through ours ({@link AccessCode}); code
 * that is translated so checks at no cost, and a fault is the engine's own, at its instruction.
 *
 * <p>A library is loaded once in a process, and so is this. Cores that are not added run as before.
 */
public final class AccessInterposition {
  private static final String SUFFIX = "_aarch64";
  private static final Use FETCH = new Use("cpu_ldl_code" + SUFFIX, Kind.CALL);
  private static final Use BLOCK = new Use("translator_loop" + SUFFIX, Kind.CALL);
  private static final Use EMIT_LOAD = new Use("tcg_gen_qemu_ld_i64" + SUFFIX, Kind.CALL);
  private static final Use EMIT_STORE = new Use("tcg_gen_qemu_st_i64" + SUFFIX, Kind.CALL);
  private static final Use EMIT_BRANCH = new Use("tcg_gen_brcond_i64" + SUFFIX, Kind.CALL);
  private static final Use WALK = new Use("get_phys_addr" + SUFFIX, Kind.CALL);
  private static final Use CLEAR = new Use("helper_ret_stb_mmu" + SUFFIX, Kind.CALL);
  private static final String FAULT = "arm_cpu_do_unaligned_access" + SUFFIX;
  private static final String[] WIDTHS = {"w", "l", "q"};

  /** One for each library file of the process. */
  private static final Map<Path, Optional<AccessInterposition>> LOADED = new ConcurrentHashMap<>();

  private static final ThreadLocal<Translation> TRANSLATION =
      ThreadLocal.withInitial(Translation::new);

  private final LibraryCalls calls;
  private final EmitterFunctions emitter;
  private final MemorySegment fault;
  private final Map<Long, Core> cores = new ConcurrentHashMap<>();

  /** What a thread translates. */
  private static final class Translation {
    private long processor;
    private Optional<Core> core = Optional.empty();
  }

  private static final class Core {
    private final AccessRules rules;
    private volatile long processor;

    Core(AccessRules rules) {
      this.rules = rules;
    }
  }

  private AccessInterposition(LibraryCalls calls, NativeFunctions functions) {
    this.calls = calls;
    emitter = new EmitterFunctions(functions, SUFFIX);
    fault = functions.pointer(FAULT);
  }

  /**
   * The one of a library that is loaded; nothing where the library has not these functions or is
   * for another kind of host.
   */
  static Optional<AccessInterposition> of(Path library) {
    return LOADED.computeIfAbsent(library, AccessInterposition::load);
  }

  private static Optional<AccessInterposition> load(Path library) {
    if (!AccessCode.isFor(HostPlatform.current())) {
      return Optional.empty();
    }
    NativeFunctions functions = NativeFunctions.ofLibrary(library);
    boolean hasAll = functions.has(FAULT) && EmitterFunctions.areIn(functions, SUFFIX);
    return hasAll
        ? LibraryCalls.find(library, uses())
            .map(calls -> new AccessInterposition(calls, functions).redirected())
        : Optional.empty();
  }

  private static List<Use> uses() {
    List<Use> uses =
        new ArrayList<>(List.of(FETCH, BLOCK, EMIT_LOAD, EMIT_STORE, EMIT_BRANCH, WALK, CLEAR));
    for (String width : WIDTHS) {
      uses.add(slow("ld", width));
      uses.add(slow("st", width));
    }
    return uses;
  }

  /** What translated code calls when it cannot do an access by itself. */
  private static Use slow(String direction, String width) {
    boolean isUnsigned = direction.equals("ld") && !width.equals("q");
    String name = "helper_le_" + direction + (isUnsigned ? "u" : "") + width + "_mmu" + SUFFIX;
    return new Use(name, Kind.TABLE);
  }

  private AccessInterposition redirected() {
    Arena forEver = Arena.global();
    MemorySegment fetch = NativeFunctions.callback(this::onFetch, forEver);
    MemorySegment block = NativeFunctions.callback(this::onBlock, forEver);
    MemorySegment access = NativeFunctions.callback(this::onAccess, forEver);
    MemorySegment unaligned = NativeFunctions.callback(this::onUnaligned, forEver);
    redirect(BLOCK, AccessCode.BLOCK, block);
    redirect(FETCH, AccessCode.FETCH, fetch);
    redirect(EMIT_LOAD, AccessCode.ACCESS, access);
    redirect(EMIT_STORE, AccessCode.ACCESS, access);
    redirect(EMIT_BRANCH, AccessCode.BRANCH, NativeFunctions.callback(this::onBranch, forEver));
    redirect(CLEAR, AccessCode.STORE, 1, unaligned);
    for (int n = 0; n < WIDTHS.length; n++) {
      redirect(slow("ld", WIDTHS[n]), AccessCode.LOAD, 2 << n, unaligned);
      redirect(slow("st", WIDTHS[n]), AccessCode.STORE, 2 << n, unaligned);
    }
    calls.redirect(WALK, AccessCode.WALK.link(forEver, calls.function(WALK)));
    return this;
  }

  private void redirect(Use use, AccessCode code, MemorySegment java) {
    calls.redirect(use, code.link(Arena.global(), calls.function(use), java.address()));
  }

  private void redirect(Use use, AccessCode code, int bytes, MemorySegment java) {
    MemorySegment function =
        code.link(bytes, Arena.global(), calls.function(use), java.address(), fault.address());
    calls.redirect(use, function);
  }

  /**
   * Lets rules decide for a core from now on.
   *
   * @param core the address of its structure, CPUARMState (qemu/target/arm/cpu.h)
   */
  public void add(long core, AccessRules rules) {
    cores.put(core, new Core(rules));
  }

  /** The core is about to be given back. */
  public void remove(long core) {
    cores.remove(core);
  }

  /** Called by the machine code: (processor). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onBlock(long processor, long b, long c, long d, long e) {
    Translation translation = TRANSLATION.get();
    translation.processor = processor;
    translation.core = Optional.empty();
    return 0;
  }

  /** Called by the machine code: (core, instruction); the instruction to translate. */
  @SuppressWarnings("UnusedVariable")
  private long onFetch(long address, long instruction, long c, long d, long e) {
    Core core = cores.get(address);
    if (core == null) {
      return instruction;
    }
    Translation translation = TRANSLATION.get();
    try {
      if (translation.core.isEmpty()) {
        translation.core = Optional.of(core);
        core.processor = translation.processor;
        core.rules.startBlock();
      }
      return core.rules.translate((int) instruction);
    } catch (Throwable failure) {
      core.rules.failed(failure);
      return instruction;
    }
  }

  /** Called by the machine code: (context, address, index, operation); the operation. */
  @SuppressWarnings("UnusedVariable")
  private long onAccess(long context, long address, long index, long operation, long e) {
    Optional<Core> core = TRANSLATION.get().core;
    if (core.isEmpty()) {
      return operation;
    }
    AccessRules rules = core.get().rules;
    try {
      return rules.access(new Emission(emitter, context, address), (int) operation);
    } catch (Throwable failure) {
      rules.failed(failure);
      return operation;
    }
  }

  /** Called by the machine code: (context, value that is compared). */
  @SuppressWarnings("UnusedVariable")
  private long onBranch(long context, long value, long c, long d, long e) {
    Optional<Core> core = TRANSLATION.get().core;
    if (core.isPresent()) {
      AccessRules rules = core.get().rules;
      try {
        rules.compare(new Emission(emitter, context, value));
      } catch (Throwable failure) {
        rules.failed(failure);
      }
    }
    return 0;
  }

  /** Called by the machine code: (core, address, operation); 0, or the processor that faults. */
  @SuppressWarnings("UnusedVariable")
  private long onUnaligned(long address, long accessed, long operation, long d, long e) {
    Core core = cores.get(address);
    if (core == null) {
      return 0;
    }
    try {
      return core.rules.isFault(accessed) ? core.processor : 0;
    } catch (Throwable failure) {
      core.rules.failed(failure);
      return 0;
    }
  }
}
