package dev.roundhouse.emulator.unicorn.core;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import java.lang.foreign.Arena;
import java.util.Set;

/**
 * Instructions before which the engine may be left, and how it goes on there. What is left of a
 * block is no block of its own for anybody who looks before each block: so neither interrupts nor
 * looks come where they would not have come without the halt. (Only a straight piece of code of
 * more than 512 instructions, which the engine cuts there, is cut elsewhere.)
 */
public final class CodeHalts {
  private final BlockCounter counter;
  private final EngineExit departure;
  private final Processor processor;
  private final InstructionHooks hooks;
  private boolean isHalted;
  private long haltedAt;
  private boolean goesOn;
  private boolean passes;

  /**
   * The engine that executes code.
   *
   * @param handle the library's
   * @param lifetime of all that it is given
   */
  public record Engine(LibUnicorn library, long handle, Arena lifetime) {}

  /** What it asks of the processor. */
  public interface Processor extends InstructionHooks.Translations {
    /** Whether to halt before the instruction, which nothing of has been executed. */
    AfterTrap mayHalt(long pc);

    /** Whether somebody else calls {@link #reach} for this instruction. */
    default boolean asksBefore(long pc) {
      return false;
    }

    /** Leaves the engine before it. */
    void leaveBefore(long pc);
  }

  /** Nowhere yet. */
  public CodeHalts(Engine engine, BlockCounter counter, EngineExit departure, Processor processor) {
    this.counter = counter;
    this.departure = departure;
    this.processor = processor;
    var callback = NativeFunctions.callback(this::onCode, engine.lifetime);
    hooks = new InstructionHooks(engine.library, engine.handle, callback, processor);
  }

  /** Halts before these instructions from now on. */
  public void haltAt(Set<Long> addresses) {
    hooks.place(addresses);
  }

  /** Called by the engine: (engine, address, size, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onCode(long uc, long address, long size, long user, long e) {
    try {
      if (!departure.isLeaving() && !processor.asksBefore(address)) {
        reach(address);
      }
    } catch (Throwable failure) {
      departure.keepUntilNextBlock(failure);
    }
    return 0;
  }

  /** An instruction is about to be executed: halts before it if that is wanted. */
  public void reach(long pc) {
    boolean isPassed = passes && pc == haltedAt;
    passes = false;
    if (!isPassed && hooks.isPlacedAt(pc) && processor.mayHalt(pc) == AfterTrap.LEAVE) {
      counter.count(-counter.behind(pc));
      isHalted = true;
      haltedAt = pc;
      processor.leaveBefore(pc);
    }
  }

  /**
   * The processor is about to run from an address.
   *
   * @return whether it was halted, so that nobody has taken what is counted
   */
  public boolean start(long pc) {
    boolean wasHalted = isHalted;
    goesOn = isHalted && pc == haltedAt;
    isHalted = false;
    passes = goesOn && hooks.isPlacedAt(pc);
    if (goesOn) {
      counter.cutShort();
    }
    return wasHalted;
  }

  /** Whether a block that is about to run is the rest of the one in which it halted; asked once. */
  public boolean isRest(long block) {
    boolean isRest = goesOn && block == haltedAt;
    goesOn = false;
    return isRest;
  }

  /** That rest does not run yet, but is looked for once more. */
  public void restIsFoundAgain() {
    goesOn = true;
    counter.cutShort();
  }
}
