package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Caching;
import dev.roundhouse.emulator.cpu.CoreDebugging;
import dev.roundhouse.emulator.cpu.CoreRegisters;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.CoreTimer;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.cpu.EventRegister;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.KernelBoundary;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.cpu.SystemTraps;
import dev.roundhouse.emulator.platform.HostPlatform;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.Arm64StartState;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.BlockHook;
import dev.roundhouse.emulator.unicorn.binding.BlockHookCode;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.binding.MmioBridge;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.core.ExceptionEntry;
import dev.roundhouse.emulator.unicorn.core.Identification;
import dev.roundhouse.emulator.unicorn.core.ImplementationRegisters;
import dev.roundhouse.emulator.unicorn.core.OwnRegisters;
import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.emulator.unicorn.core.SystemWindowFinder;
import dev.roundhouse.emulator.unicorn.core.TimerAccess;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Cortex-A72 with EL2, EL1 and EL0 on a Unicorn engine, version 2.1.
 *
 * <p>The engine executes, translates addresses and returns from exceptions; it hands each exception
 * over in its interrupt hook, and {@link ExceptionEntry} takes it by hand. Interrupts go in as
 * virtual ones (HCR_EL2.VI), which the engine masks and takes itself; at EL2, which has none, by
 * hand. Nothing that a trap throws crosses the engine: it is kept and thrown by {@link #run}.
 */
public final class UnicornSystemCpu implements SystemCpu {
  /** An address that no code has: the engine stops when pc reaches it. */
  private static final long NOWHERE = -4;

  private final LibUnicorn library;
  private final long engine;
  private final Arena arena = Arena.ofShared();
  private final BlockCounter counter = new BlockCounter(arena);
  private final SystemRegisterFile registers;
  private final SystemWindow window;
  private final ExceptionEntry exceptions;
  private final InterruptRequest interrupt;
  private final OwnRegisters ownRegisters = new OwnRegisters();
  private final UndefinedInstructions undefined;
  private final EngineExit departure;
  private final GuestData data;
  private final GuestCode code;
  private final CoreHalts halts;
  private final EventRegister events = new EventRegister(arena.allocate(1));
  private final ExternalAborts externalAborts;
  private final Alignment alignment;
  private final Mistakes mistakes;
  private @Nullable BoundaryWatch boundary;
  private @Nullable SystemTraps traps;
  private boolean hasStarted;
  private boolean isFlushing;

  /**
   * A core that does not run yet.
   *
   * @throws FullSystemUnsupportedException when the library cannot do it
   */
  public UnicornSystemCpu(LibUnicorn library, GuestWindow ram) {
    this.library = library;
    engine = library.open();
    boolean _ = Arm64StartState.chooseProcessor(library, engine);
    registers = new SystemRegisterFile(library, engine, arena);
    window = SystemWindowFinder.find(library, engine).orElseThrow(this::unsupported);
    exceptions = new ExceptionEntry(window, registers);
    interrupt = new InterruptRequest(window, registers, exceptions);
    data = new GuestData(window, registers, ram);
    mistakes = new Mistakes(data);
    undefined = new UndefinedInstructions(window, data::instructionAt, ownRegisters);
    ownRegisters.add(new ImplementationRegisters());
    ownRegisters.add(new Identification(registers.hypervisorConfiguration()::read));
    departure = new EngineExit(library, engine, counter);
    code = new GuestCode(new GuestCode.Engine(library, engine, arena), data, counter, departure);
    halts = new CoreHalts(code, counter, departure, interrupt, this::traps);
    externalAborts = new ExternalAborts(window, counter, code);
    alignment = new Alignment(window, registers, data, counter, departure::keepUntilNextBlock);
    library.interposition().ifPresent(accesses -> accesses.add(window.address(), alignment));
    library.mapMemory(engine, ram.address(), ram.memory());
    library.addHook(engine, HookType.INTERRUPT.bits(), callback(this::onException), 0);
    var unmapped = callback(externalAborts::onUnmapped);
    library.addHook(engine, HookType.UNMAPPED_MEMORY.bits(), unmapped, 0);
    new BlockHook(counter, this::onBudgetSpent)
        .add(library, engine, BlockHookCode.forPlatform(HostPlatform.current()), arena);
    code.addEvents(events, callback(this::onWaitForEvent));
  }

  private FullSystemUnsupportedException unsupported() {
    library.close(engine);
    return new FullSystemUnsupportedException(
        "this engine library does not show its core: booting a kernel takes Linux and"
            + " Unicorn 2.1.1 (build/install-engine) or newer");
  }

  private MemorySegment callback(NativeFunctions.Callback method) {
    return NativeFunctions.callback(method, arena);
  }

  @Override
  public void attach(MmioWindow devices) {
    new MmioBridge(devices, departure::keepUntilNextBlock).map(library, engine, arena);
  }

  @Override
  public void attach(CoreTimer timer, CoreRegisters registersBeside) {
    ownRegisters.add(registersBeside);
    new SystemRegisterHook(
            new TimerAccess(timer),
            ownRegisters,
            window,
            new SystemRegisterHook.Control(code.pages(), this::controlWritten),
            departure::keepUntilNextBlock)
        .add(library, engine, arena);
  }

  private void controlWritten() {
    code.controlWritten();
    alignment.controlWritten();
  }

  @Override
  public void watch(KernelBoundary newBoundary) {
    boundary = new BoundaryWatch(window, counter, newBoundary);
  }

  @Override
  public void startAt(long address, long sp, long returnAddress) {
    registers.start();
    window.start(address, sp, returnAddress);
  }

  @Override
  public void run(SystemTraps newTraps) {
    traps = newTraps;
    departure.stay();
    halts.start();
    if (!hasStarted) {
      hasStarted = true;
      code.starts(window.pc());
    }
    while (!departure.isLeaving()) {
      externalAborts.clear();
      flushIfStale();
      int error = library.start(engine, window.pc(), NOWHERE);
      departure.throwWhatWasKept();
      if (!departure.isLeaving() && !isFlushing) {
        departure.followOutside(afterExit(newTraps, error));
      }
    }
  }

  private void flushIfStale() {
    if (alignment.isStale() || isFlushing) {
      library.flushTranslations(engine);
      alignment.translationsAreGone();
      code.starts(window.pc());
      isFlushing = false;
    }
  }

  private AfterTrap afterExit(SystemTraps to, int error) {
    Optional<String> failure = externalAborts.failure();
    if (error != LibUnicorn.ERR_OK) {
      return failure.isPresent()
          ? takeExternalAbort(to, failure.get())
          : to.lost("the engine gave up with error " + error);
    }
    boolean waits = data.instructionAt(window.pc() - Opcode.BYTES) == Opcode.WFI;
    return waits ? to.waitForInterrupt() : AfterTrap.RESUME;
  }

  private AfterTrap takeExternalAbort(SystemTraps to, String failure) {
    Optional<CoreState.TakenException> found = externalAborts.exception();
    if (found.isEmpty()) {
      return to.lost(failure);
    }
    CoreState.TakenException abort = found.get();
    if (externalAborts.isNews(abort)) {
      to.misused(abort.pc(), failure + ": synchronous external abort");
    }
    return take(to, abort);
  }

  private AfterTrap take(SystemTraps to, CoreState.TakenException exception) {
    if (boundary != null) {
      boundary.exception(exception.syndrome(), exception.pc());
    }
    mistakes.in(exception).ifPresent(mistake -> to.misused(mistake.pc(), mistake.what()));
    boolean isHopeful = exceptions.take(exception);
    code.exceptionTaken();
    return isHopeful ? AfterTrap.RESUME : to.lost(exceptions.trouble());
  }

  /** Called by the engine: (engine, exception number, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onException(long uc, long exception, long user, long d, long e) {
    try {
      if ((int) exception == ExceptionEntry.UNDEFINED && isSpecial()) {
        return 0;
      }
      CoreState.TakenException taken =
          alignment.adjusted((int) exception, exceptions.handedOver((int) exception));
      alignment.takeMisuse().ifPresent(misuse -> traps().misused(misuse.pc(), misuse.what()));
      departure.follow(take(traps(), taken));
    } catch (Throwable failure) {
      departure.keep(failure);
    }
    return 0;
  }

  /** Whether an undefined instruction is one that the core or a debugger would know. */
  private boolean isSpecial() {
    return switch (undefined.treat()) {
      case UNKNOWN -> false;
      case DONE -> true;
      case SEMIHOSTING -> {
        departure.follow(traps().semihosting((int) window.general(0), window.general(1)));
        yield true;
      }
    };
  }

  /** Called by the machine code: (engine, block address, instructions, state). */
  @SuppressWarnings("UnusedVariable")
  private long onBudgetSpent(long uc, long address, long instructions, long d, long e) {
    try {
      if (departure.hasFailed()) {
        departure.follow(AfterTrap.LEAVE);
      } else if (alignment.isStale()) {
        flushBefore(address, (int) instructions);
      } else if (!halts.isRest(address)) {
        lookAt(address, (int) instructions);
      }
    } catch (Throwable failure) {
      departure.keep(failure);
    }
    return 0;
  }

  private void lookAt(long block, int instructions) {
    if (boundary != null) {
      boundary.block(block, instructions);
    }
    boolean isStale = code.hasChanged(block, instructions);
    if (isStale || counter.isSpent()) {
      code.takeMisuses().forEach(misuse -> traps().misused(misuse.pc(), misuse.what()));
      boolean isDropped = code.dropStale(block);
      AfterTrap next = traps().budgetSpent(instructions, block);
      goOnAt(block, instructions, isStale || isDropped, next);
      departure.follow(next);
    }
  }

  /** Leaves the engine before a block, because translations can be dropped only outside. */
  private void flushBefore(long block, int instructions) {
    counter.count(-instructions);
    halts.isFoundAgain(block);
    registers.setNumbered(Arm64Register.PC, block);
    isFlushing = true;
    library.stop(engine);
  }

  private void goOnAt(long block, int instructions, boolean isStale, AfterTrap next) {
    boolean goesOn = next == AfterTrap.RESUME;
    boolean isInterrupted = goesOn && interrupt.deliver(block);
    if (isInterrupted) {
      code.isInterrupted();
      if (boundary != null) {
        boundary.interruptIsDue();
      }
    }
    if (interrupt.isPolled() && !isInterrupted) {
      counter.cutShort();
    }
    if (!goesOn) {
      registers.setNumbered(Arm64Register.PC, block);
    } else if (isInterrupted || isStale) {
      counter.count(-instructions);
      registers.setNumbered(Arm64Register.PC, isInterrupted ? window.pc() : block);
      if (!isInterrupted) {
        code.findsAgain();
      }
    }
  }

  /** Called by the engine before a hooked instruction: (engine, address, size, user data). */
  @SuppressWarnings("UnusedVariable")
  private long onWaitForEvent(long uc, long address, long bytes, long user, long e) {
    try {
      if (halts.reachesWait(address) && !events.take(traps()::takeEvent)) {
        departure.follow(waitForEvent(traps(), address));
      }
    } catch (Throwable failure) {
      departure.keep(failure);
    }
    return 0;
  }

  /** Only a {@code wfe} that would wait may trap, for which the event register has been asked. */
  private AfterTrap waitForEvent(SystemTraps to, long pc) {
    int target = registers.waitForEventTarget(window.level());
    if (target == 0) {
      AfterTrap next = to.waitForEvent();
      if (next == AfterTrap.LEAVE) {
        registers.setNumbered(Arm64Register.PC, pc + Opcode.BYTES);
      }
      return next;
    }
    AfterTrap next =
        take(to, new CoreState.TakenException(ExceptionEntry.WFE_TRAPPED, pc, 0, target));
    registers.setNumbered(Arm64Register.PC, window.pc());
    return next;
  }

  private SystemTraps traps() {
    SystemTraps present = traps;
    if (present == null) {
      throw new IllegalStateException("the engine runs without anybody to take its traps");
    }
    return present;
  }

  @Override
  public InstructionBudget budget() {
    return counter;
  }

  @Override
  public int instructionsAhead() {
    return counter.behind(window.pc());
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
  public Caching caching() {
    return code.caching();
  }

  @Override
  public long pc(Optional<DeviceAccess> access) {
    return externalAborts.pc(access);
  }

  @Override
  public long physical(long virtual) {
    return data.physical(virtual);
  }

  @Override
  public CoreDebugging debugging() {
    return halts;
  }

  @Override
  public CoreState state() {
    return data.core(exceptions);
  }

  @Override
  public void close() {
    library.interposition().ifPresent(accesses -> accesses.remove(window.address()));
    library.close(engine);
    arena.close();
  }
}
