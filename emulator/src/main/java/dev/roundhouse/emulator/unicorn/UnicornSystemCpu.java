package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.CoreTimer;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.KernelBoundary;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.cpu.SystemTraps;
import dev.roundhouse.emulator.hostos.HostMemory;
import dev.roundhouse.emulator.hostos.HostPlatform;
import dev.roundhouse.emulator.hostos.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Cortex-A72 with EL2, EL1 and EL0 on a Unicorn engine, version 2.1.
 *
 * <p>The engine executes, translates addresses and returns from exceptions; it hands each exception
 * over in its interrupt hook, and {@link ExceptionEntry} takes it by hand. Interrupts go in as
 * virtual ones (HCR_EL2.VI), which the engine masks and takes itself; at EL2, where there are none,
 * by hand. Nothing that a trap throws crosses the engine: it is kept and thrown by {@link #run}.
 */
final class UnicornSystemCpu implements SystemCpu {
  /** An address that no code has: the engine stops when pc reaches it. */
  private static final long NOWHERE = -4;

  private static final int WFI = 0xd503207f;
  private static final int WFE = 0xd503205f;
  private static final int INSTRUCTION_BYTES = 4;
  private static final int MOST_WAIT_SITES = 64;

  private final LibUnicorn library;
  private final GuestWindow ram;
  private final long engine;
  private final Arena arena = Arena.ofShared();
  private final BlockCounter counter = new BlockCounter(arena);
  private final SystemRegisterFile registers;
  private final SystemWindow window;
  private final ExceptionEntry exceptions;
  private final InterruptRequest interrupt;
  private final UndefinedInstructions undefined;
  private final FloatingPointWatch floatingPoint;
  private final MemorySegment codeHook = callback(this::onWaitForEvent);
  private final Set<Long> waitSites = new TreeSet<>();

  private @Nullable BoundaryWatch boundary;
  private @Nullable SystemTraps traps;
  private @Nullable Throwable thrown;
  private boolean leaving;
  private @Nullable String outside;

  /**
   * A core that does not run yet.
   *
   * @throws FullSystemUnsupportedException when the library cannot do it
   */
  UnicornSystemCpu(LibUnicorn library, GuestWindow ram) {
    this.library = library;
    this.ram = ram;
    engine = library.open();
    Arm64StartState.chooseProcessor(library, engine);
    registers = new SystemRegisterFile(library, engine, arena);
    window = SystemWindowFinder.find(library, engine).orElseThrow(this::unsupported);
    exceptions = new ExceptionEntry(window, registers);
    interrupt = new InterruptRequest(window, registers, exceptions);
    floatingPoint = new FloatingPointWatch(registers);
    undefined = new UndefinedInstructions(window, this::instructionAt);
    library.mapMemory(engine, ram.address(), ram.memory());
    library.addHook(engine, HookType.INTERRUPT.bits(), callback(this::onException), 0);
    library.addHook(engine, HookType.UNMAPPED_MEMORY.bits(), callback(this::onUnmapped), 0);
    addBlockHook();
  }

  private FullSystemUnsupportedException unsupported() {
    library.close(engine);
    return new FullSystemUnsupportedException(
        "this engine library does not show its core: booting a kernel takes Linux and"
            + " Unicorn 2.1.1 (build/install-engine) or newer");
  }

  private void addBlockHook() {
    Optional<byte[]> code = BlockHookCode.forPlatform(HostPlatform.current());
    if (code.isPresent()) {
      counter.callWhenSpent(callback(this::onBudgetSpent));
      MemorySegment hook = new HostMemory().executable(code.get(), arena);
      library.addHook(engine, HookType.BLOCK.bits(), hook, counter.address());
    } else {
      library.addHook(engine, HookType.BLOCK.bits(), callback(this::onBlock), 0);
    }
  }

  private MemorySegment callback(NativeFunctions.Callback method) {
    return NativeFunctions.callback(method, arena);
  }

  @Override
  public void attach(MmioWindow devices) {
    new MmioBridge(devices, this::keepUntilNextBlock).map(library, engine, arena);
  }

  @Override
  public void attach(CoreTimer timer) {
    new TimerHook(timer, window, this::keepUntilNextBlock).add(library, engine, arena);
  }

  @Override
  public void watch(KernelBoundary newBoundary) {
    boundary = new BoundaryWatch(window, counter, newBoundary);
  }

  @Override
  public void startAt(long address, long x0) {
    for (int number = 0; number < SystemWindow.SP / Long.BYTES; number++) {
      window.setGeneral(number, 0);
    }
    for (int level = 0; level <= 2; level++) {
      registers.setNumbered(Arm64Register.SP_EL0 + level, 0);
      registers.setNumbered(Arm64Register.ELR_EL0 + level, 0);
    }
    registers.start();
    window.setStackPointer(0);
    window.setGeneral(0, x0);
    window.setPc(address);
  }

  @Override
  public void run(SystemTraps newTraps) {
    traps = newTraps;
    leaving = false;
    while (!leaving) {
      outside = null;
      int error = library.start(engine, window.pc(), NOWHERE);
      throwWhatWasThrown();
      if (!leaving) {
        leaving = afterExit(newTraps, error) == AfterTrap.LEAVE;
      }
    }
  }

  private AfterTrap afterExit(SystemTraps to, int error) {
    if (error != LibUnicorn.ERR_OK) {
      String seen = outside;
      return to.lost(seen == null ? "the engine gave up with error " + error : seen);
    }
    boolean waits = instructionAt(window.pc() - INSTRUCTION_BYTES) == WFI;
    return waits ? to.waitForInterrupt() : AfterTrap.RESUME;
  }

  private void throwWhatWasThrown() {
    Throwable kept = thrown;
    thrown = null;
    switch (kept) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new IllegalStateException("a trap failed", kept);
    }
  }

  private int instructionAt(long virtual) {
    long physical = physical(virtual);
    return physical == TranslationWalk.NOTHING ? 0 : ram.instruction(physical);
  }

  /** Called by the engine: (engine, exception number, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onException(long uc, long exception, long user, long d, long e) {
    try {
      if ((int) exception == ExceptionEntry.UNDEFINED && window.level() > 0 && isSpecial()) {
        return 0;
      }
      if (boundary != null) {
        boundary.exception();
      }
      if (!exceptions.take((int) exception)) {
        follow(traps().lost(exceptions.trouble()));
      }
    } catch (Throwable failure) {
      keep(failure);
    }
    return 0;
  }

  /** Whether an undefined instruction is one that the core or a debugger would know. */
  private boolean isSpecial() {
    return switch (undefined.treat()) {
      case UNKNOWN -> false;
      case DONE -> true;
      case SEMIHOSTING -> {
        follow(traps().semihosting((int) window.general(0), window.general(1)));
        yield true;
      }
    };
  }

  /** Called by the machine code: (engine, block address, instructions, state). */
  @SuppressWarnings("UnusedVariable")
  private long onBudgetSpent(long uc, long address, long instructions, long d, long e) {
    try {
      if (thrown != null) {
        follow(AfterTrap.LEAVE);
        return 0;
      }
      if (boundary != null) {
        boundary.block(address, (int) instructions);
        if (!counter.isSpent()) {
          return 0;
        }
      }
      noticeWaitForEvent(address);
      floatingPoint.look(window.level()).ifPresent(traps()::misused);
      AfterTrap next = traps().budgetSpent((int) instructions, address);
      if (next == AfterTrap.RESUME && interrupt.deliver(address)) {
        counter.count((int) -instructions);
        registers.setNumbered(Arm64Register.PC, window.pc());
        if (boundary != null) {
          boundary.interruptIsDue();
        }
      } else if (interrupt.isPolled()) {
        counter.cutShort();
      }
      follow(next);
    } catch (Throwable failure) {
      keep(failure);
    }
    return 0;
  }

  /**
   * Called by the engine where there is no machine code: (engine, block address, size, user data).
   */
  @SuppressWarnings("UnusedVariable")
  private long onBlock(long uc, long address, long bytes, long d, long e) {
    int instructions = (int) bytes / INSTRUCTION_BYTES;
    return counter.startBlock(address, instructions)
        ? onBudgetSpent(uc, address, instructions, d, e)
        : 0;
  }

  /**
   * The engine goes on after {@code wfe} without a word. One that the core is found at is hooked.
   */
  private void noticeWaitForEvent(long block) {
    for (long at = block - INSTRUCTION_BYTES; at <= block; at += INSTRUCTION_BYTES) {
      if (instructionAt(at) == WFE && waitSites.size() < MOST_WAIT_SITES && waitSites.add(at)) {
        library.addHook(engine, HookType.CODE.bits(), codeHook, 0, new long[] {at, at});
        library.removeTranslations(engine, at, at + INSTRUCTION_BYTES);
      }
    }
  }

  /** Called by the engine before a hooked instruction: (engine, address, size, user data). */
  @SuppressWarnings("UnusedVariable")
  private long onWaitForEvent(long uc, long address, long bytes, long user, long e) {
    try {
      if (instructionAt(address) == WFE) {
        follow(traps().waitForEvent());
      }
    } catch (Throwable failure) {
      keep(failure);
    }
    return 0;
  }

  /** Called by the engine: (engine, access type, address, size, value); 0 = not mended. */
  @SuppressWarnings("UnusedVariable")
  private long onUnmapped(long uc, long type, long address, long bytes, long value) {
    outside =
        "an access to 0x%x, where neither RAM nor a device is (the chip: SError, ESR 0xbf000002)"
            .formatted(address);
    return 0;
  }

  private SystemTraps traps() {
    SystemTraps present = traps;
    if (present == null) {
      throw new IllegalStateException("the engine runs without anybody to take its traps");
    }
    return present;
  }

  private void follow(AfterTrap next) {
    if (next == AfterTrap.LEAVE) {
      leaving = true;
      library.stop(engine);
    }
  }

  private void keep(Throwable e) {
    if (thrown == null) {
      thrown = e;
    }
    leaving = true;
    library.stop(engine);
  }

  /** An engine stopped inside a device access would repeat the access. */
  private void keepUntilNextBlock(Throwable e) {
    if (thrown == null) {
      thrown = e;
    }
    counter.cutShort();
  }

  @Override
  public InstructionBudget budget() {
    return counter;
  }

  @Override
  public void interruptRequest(Level level) {
    if (interrupt.request(level)) {
      counter.cutShort();
    }
  }

  @Override
  public void answer(long x0) {
    window.setGeneral(0, x0);
  }

  @Override
  public boolean isAtEl0() {
    return window.level() == 0;
  }

  @Override
  public long physical(long virtual) {
    return registers.physical(window.level(), virtual, ram);
  }

  @Override
  public CoreState state() {
    List<Long> general = new ArrayList<>();
    for (int number = 0; number < SystemWindow.SP / Long.BYTES; number++) {
      general.add(window.general(number));
    }
    long pstate = registers.numbered(Arm64Register.PSTATE);
    return new CoreState(
        general,
        window.sp(),
        window.pc(),
        pstate,
        registers.named(window),
        exceptions.last(),
        exceptions.taken(),
        exceptions.lastAbort().map(this::walk));
  }

  private CoreState.Walk walk(CoreState.TakenException abort) {
    return new CoreState.Walk(
        abort.address(), registers.steps(abort.level(), abort.address(), ram));
  }

  @Override
  public void close() {
    library.close(engine);
    arena.close();
  }
}
