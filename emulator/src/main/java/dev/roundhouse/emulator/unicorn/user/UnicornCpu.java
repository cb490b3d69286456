package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.PageAccess;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.AccessFinder;
import dev.roundhouse.emulator.unicorn.binding.Arm64StartState;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.BlockHook;
import dev.roundhouse.emulator.unicorn.binding.EngineException;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.HookType;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.binding.MemoryAccess;
import dev.roundhouse.emulator.unicorn.binding.MmioBridge;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.binding.TranslationTables;
import dev.roundhouse.emulator.unicorn.core.CodeHalts;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Cortex-A72 at EL0 on a Unicorn engine.
 *
 * <p>Traps are handled inside the engine's hooks, so that a system call costs no restart of the
 * engine: the handler swaps registers and the engine goes on with them. Nothing that a handler
 * throws crosses the engine (it would end the JVM): it is kept, the engine is stopped, and {@link
 * #run} throws it on.
 */
public final class UnicornCpu implements Cpu {
  /** No code has it: the engine stops when pc reaches it. 0 is an address of faults. */
  private static final long NOWHERE = -4;

  private final LibUnicorn library;
  private final GuestWindow ram;
  private final long engine;
  private final Arena arena = Arena.ofShared();
  private final BlockCounter counter = new BlockCounter(arena);
  private final TranslationTables tables;
  private final CodePages pages;
  private final EngineFaults faults;
  private final AccessRetry retry;
  private final ExchangedRegisters registers;
  private final long[] scratch = new long[SavedRegisters.COUNT];

  private final EngineExit departure;
  private final WatchedCode watched;
  private final CodeHalts halts;

  private @Nullable UserTraps handler;
  private boolean holesAreMapped;

  /** A processor with this memory; without {@code blockHook} blocks are counted in Java. */
  public UnicornCpu(LibUnicorn library, GuestWindow ram, Optional<byte[]> blockHook) {
    this.library = library;
    this.ram = ram;
    engine = library.open();
    departure = new EngineExit(library, engine, counter);
    watched = new WatchedCode(library, engine, departure, this::trapHandler, arena);
    halts =
        new CodeHalts(
            new CodeHalts.Engine(library, engine, arena), counter, departure, new Halting());
    boolean isBounded = Arm64StartState.chooseProcessor(library, engine);
    registers = new ExchangedRegisters(library, engine, arena);
    tables = new TranslationTables(new AddressRange(ram.address(), ram.memory().byteSize()), arena);
    pages = new CodePages(ram, tables, counter, new EngineTranslations());
    faults = new EngineFaults(ram, tables);
    retry = new AccessRetry(tables, pages, counter);
    library.mapMemory(engine, ram.address(), ram.memory());
    library.mapMemory(engine, TranslationTables.HOME, tables.memory());
    addHooks(blockHook);
    if (!isBounded) {
      TranslationLimit limit = new TranslationLimit(departure::keepUntilNextBlock);
      library.addHook(engine, HookType.TRANSLATION.bits(), callback(limit::onTranslated), 0);
    }
    goDownToEl0();
  }

  private final class Halting implements CodeHalts.Processor {
    @Override
    public AfterTrap mayHalt(long pc) {
      return trapHandler().mayHalt(pc);
    }

    @Override
    public void leaveBefore(long pc) {
      leaveUnlessResumed(AfterTrap.LEAVE);
    }

    @Override
    public void drop(long pc) {
      pages.dropCode(pc);
    }
  }

  private final class EngineTranslations implements CodePages.Translations {
    private final MemorySegment invalidation = Arm64StartState.pageInvalidation(arena);

    @Override
    public void drop(long page, long bytes) {
      library.removeTranslations(engine, page, page + bytes);
    }

    @Override
    public void lookAgain(long page) {
      Arm64StartState.invalidate(library, engine, invalidation, page);
    }
  }

  /** The first that EL0 does is to fail at address 0, which is not mapped. */
  private void goDownToEl0() {
    counter.grant(Integer.MAX_VALUE);
    resumeAll(Arm64StartState.prepare(tables, 0));
    FirstFault first = new FirstFault();
    execute(first);
    if (!(first.seen() instanceof Fault.PrefetchAbort(long address) && address == 0)) {
      throw new EngineException("starting at EL0 with the MMU on, which gave " + first.seen());
    }
    resumeAll(new long[SavedRegisters.COUNT]);
    counter.grant(0);
    long _ = counter.takeCounted();
  }

  private void addHooks(Optional<byte[]> code) {
    library.addHook(engine, HookType.INTERRUPT.bits(), callback(this::onInterrupt), 0);
    new BlockHook(counter, this::onBudgetSpent).add(library, engine, code, arena);
  }

  private MemorySegment callback(NativeFunctions.Callback method) {
    return NativeFunctions.callback(method, arena);
  }

  @Override
  public void attach(MmioWindow devices) {
    if (holesAreMapped) {
      throw new IllegalStateException("devices are attached before the processor runs");
    }
    tables.openDevices(new AddressRange(devices.start(), devices.bytes()));
    new MmioBridge(devices, departure::keepUntilNextBlock).map(library, engine, arena);
  }

  @Override
  public void run(UserTraps newHandler) {
    if (!holesAreMapped) {
      tables.mapHoles(library, engine, callback((uc, offset, bytes, user, e) -> 0));
      holesAreMapped = true;
    }
    execute(newHandler);
  }

  private void execute(UserTraps newHandler) {
    handler = newHandler;
    departure.stay();
    if (!halts.start(registers.programCounter())) {
      long _ = counter.takeCounted();
    }
    while (!departure.isLeaving()) {
      int error = library.start(engine, registers.programCounter(), NOWHERE);
      departure.throwWhatWasKept();
      if (!departure.isLeaving()) {
        departure.followOutside(afterExit(newHandler, error));
      }
    }
  }

  private AfterTrap afterExit(UserTraps to, int error) {
    long pc = registers.programCounter();
    if (error == LibUnicorn.ERR_OK) {
      boolean waits = ram.instruction(pc - Opcode.BYTES) == Opcode.WFI;
      return waits ? to.waitForInterrupt() : AfterTrap.RESUME;
    }
    return fail(faults.ofError(error, pc));
  }

  private AfterTrap fail(Fault fault) {
    return fault.equals(EngineFaults.SEMIHOSTING_CALL)
        ? trapHandler().semihosting()
        : trapHandler().fault(fault);
  }

  /** Called by the engine: (engine, exception number, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onInterrupt(long uc, long exception, long user, long d, long e) {
    try {
      if (departure.isLeaving()) {
        departure.follow(AfterTrap.LEAVE);
        return 0;
      }
      registers.enterInterruptHook();
      switch ((int) exception) {
        case EngineFaults.EXCEPTION_SVC ->
            departure.follow(
                trapHandler()
                    .supervisorCall(
                        EngineFaults.immediate(
                            ram.instruction(registers.programCounter() - Opcode.BYTES))));
        case EngineFaults.EXCEPTION_PREFETCH_ABORT -> onPrefetchAbort();
        default -> onFault((int) exception);
      }
    } catch (Throwable failure) {
      departure.keep(failure);
    } finally {
      registers.leaveInterruptHook();
    }
    return 0;
  }

  /** Code runs from a page for the first time, or cannot run there. */
  private void onPrefetchAbort() {
    long pc = registers.programCounter();
    boolean isAligned = (pc & BlockCounter.MISALIGNED) == 0;
    if (!isAligned || !pages.allowExecution(pc)) {
      onFault(EngineFaults.EXCEPTION_PREFETCH_ABORT);
    }
  }

  private void onFault(int exception) {
    readAll(scratch);
    if (exception == EngineFaults.EXCEPTION_DATA_ABORT) {
      long pc = scratch[SavedRegisters.PC];
      Optional<AfterTrap> again =
          MemoryAccess.of(ram.instruction(pc), scratch)
              .flatMap(access -> retry.of(pc, access, trapHandler()));
      if (again.isPresent()) {
        departure.follow(again.get());
        return;
      }
    }
    departure.follow(fail(faults.ofException(exception, scratch)));
  }

  @Override
  public PageAccess pages() {
    return pages;
  }

  /** Called by the machine code: (engine, block address, instructions, state). */
  @SuppressWarnings("UnusedVariable")
  private long onBudgetSpent(long uc, long address, long instructions, long d, long e) {
    try {
      if (departure.isLeaving()) {
        return 0;
      }
      boolean isRest = halts.isRest(address);
      if (departure.hasFailed()) {
        departure.follow(AfterTrap.LEAVE);
      } else if ((address & BlockCounter.MISALIGNED) != 0) {
        departure.follow(trapHandler().fault(new Fault.PcAlignment(address)));
      } else if (pages.isStale(address, (int) instructions)) {
        counter.count((int) -instructions);
        registers.setProgramCounter(address);
        if (isRest) {
          halts.restIsFoundAgain();
        }
      } else if (!isRest && counter.isSpent()) {
        leaveUnlessResumed(trapHandler().budgetSpent((int) instructions, address));
      }
    } catch (Throwable failure) {
      departure.keep(failure);
    }
    return 0;
  }

  private UserTraps trapHandler() {
    UserTraps present = handler;
    if (present == null) {
      throw new IllegalStateException("the engine runs without a trap handler");
    }
    return present;
  }

  /**
   * An engine that is stopped before a block executes some of it nevertheless; one whose pc is
   * written does not. It then finds itself nowhere, which is a fault, and is stopped there.
   */
  private void leaveUnlessResumed(AfterTrap next) {
    departure.followOutside(next);
    if (next == AfterTrap.LEAVE) {
      registers.setProgramCounter(NOWHERE);
    }
  }

  @Override
  public void readCall(long[] values) {
    registers.readCall(values);
  }

  @Override
  public void readPreserved(long[] values) {
    registers.readPreserved(values);
  }

  @Override
  public void readAll(long[] values) {
    registers.readAll(values);
  }

  @Override
  public void readDuringAccess(long[] values) {
    registers.readDuringAccess(values);
  }

  @Override
  public long pc(Optional<DeviceAccess> access) {
    long[] values = new long[SavedRegisters.COUNT];
    readDuringAccess(values);
    return new AccessFinder(new FlatCode(ram), values).pc(counter, access);
  }

  @Override
  public void resumeCall(long[] values) {
    registers.resumeCall(values);
  }

  @Override
  public void resumeAfterCall(long[] values) {
    registers.resumeAfterCall(values);
  }

  @Override
  public void resumeAll(long[] values) {
    registers.resumeAll(values);
  }

  @Override
  public InstructionBudget budget() {
    return counter;
  }

  @Override
  public void watch(long pc) {
    watched.add(pc);
  }

  @Override
  public void haltAt(Set<Long> addresses) {
    halts.haltAt(addresses);
  }

  @Override
  public void watchStores() {
    watched.addStores();
  }

  @Override
  public void forgetCode(long start, long end) {
    pages.forget(start, end);
  }

  @Override
  public void close() {
    library.close(engine);
    arena.close();
  }
}
