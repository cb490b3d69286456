package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.emulator.unicorn.binding.InstructionSet;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.binding.RegisterBatch;
import dev.roundhouse.emulator.unicorn.binding.RegisterBatch.Run;
import dev.roundhouse.emulator.unicorn.binding.RegisterWindow;
import dev.roundhouse.emulator.unicorn.binding.RegisterWindowFinder;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The registers of code at EL0, at the depths in which {@link dev.roundhouse.emulator.cpu.Cpu}
 * exchanges them: in place where the engine's structure is known, else by its functions.
 */
final class ExchangedRegisters {
  private final LibUnicorn library;
  private final long engine;
  private final RegisterBatch call;
  private final RegisterBatch preserved;
  private final RegisterBatch everything;
  private final RegisterBatch allButPc;
  private final RegisterBatch state;
  private final RegisterBatch callResult;
  private final RegisterBatch afterCall;
  private final RegisterBatch programCounter;
  private final long[] scratch = new long[SavedRegisters.COUNT];
  private final @Nullable RegisterWindow window;
  private boolean inInterruptHook;

  ExchangedRegisters(LibUnicorn library, long engine, Arena arena) {
    this.library = library;
    this.engine = engine;
    call = new RegisterBatch(arena, new Run(0, 4), new Run(29, 32));
    preserved = new RegisterBatch(arena, new Run(19, 29));
    everything = new RegisterBatch(arena, new Run(0, 33));
    allButPc =
        new RegisterBatch(
            arena,
            new Run(0, SavedRegisters.SP),
            new Run(SavedRegisters.PSTATE, SavedRegisters.PSTATE));
    state = new RegisterBatch(arena, new Run(SavedRegisters.PSTATE, SavedRegisters.PSTATE));
    callResult = new RegisterBatch(arena, new Run(0, 0), new Run(32, 32));
    afterCall = new RegisterBatch(arena, new Run(0, 0), new Run(19, 32));
    programCounter = new RegisterBatch(arena, new Run(32, 32));
    window = RegisterWindowFinder.find(library, engine).orElse(null);
    if (window != null) {
      InstructionSet.restrict(window);
    }
  }

  /** What the engine's structure has of them counts from now on. */
  void enterInterruptHook() {
    inInterruptHook = true;
  }

  void leaveInterruptHook() {
    inInterruptHook = false;
  }

  void setProgramCounter(long pc) {
    scratch[SavedRegisters.PC] = pc;
    write(programCounter, scratch);
  }

  /** The next instruction, as far as the engine knows it. */
  long programCounter() {
    if (window != null) {
      return window.get(SavedRegisters.PC);
    }
    library.read(engine, programCounter);
    programCounter.store(scratch);
    return scratch[SavedRegisters.PC];
  }

  void readCall(long[] values) {
    if (window == null) {
      read(call, values);
    } else {
      window.read(0, 4, values);
      window.read(SavedRegisters.LR - 1, SavedRegisters.PC, values);
    }
  }

  void readPreserved(long[] values) {
    if (window == null) {
      read(preserved, values);
    } else {
      window.read(19, 29, values);
    }
  }

  void readAll(long[] values) {
    read(everything, values);
  }

  void readDuringAccess(long[] values) {
    if (window == null) {
      read(allButPc, values);
    } else {
      window.read(0, SavedRegisters.SP, values);
      read(state, values);
    }
  }

  private void read(RegisterBatch batch, long[] values) {
    library.read(engine, batch);
    batch.store(values);
  }

  void resumeCall(long[] values) {
    if (window != null && inInterruptHook) {
      window.set(0, values[0]);
      window.set(SavedRegisters.PC, values[SavedRegisters.PC]);
    } else {
      write(callResult, values);
    }
  }

  void resumeAfterCall(long[] values) {
    if (window != null && inInterruptHook) {
      window.set(0, values[0]);
      window.write(19, SavedRegisters.PC, values);
    } else {
      write(afterCall, values);
    }
  }

  void resumeAll(long[] values) {
    write(everything, values);
  }

  private void write(RegisterBatch batch, long[] values) {
    batch.load(values);
    library.write(engine, batch);
  }
}
