package dev.roundhouse.benchmarks;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.system.ProgramRun;
import dev.roundhouse.system.TestEngine;

/** A machine that is ready to run once, so that a benchmark measures the run alone. */
final class ReadyMachine {
  private final UnicornLibrary library;
  private Machine machine;

  ReadyMachine(TestEngine engine) {
    library = engine.library();
  }

  void prepare(ProgramRun guest) {
    machine = guest.machineOn(library);
  }

  /** Runs to the end of the programs; anything else would be no measurement. */
  RunResult run() {
    RunResult result = machine.run();
    if (!(result.end() instanceof RunEnd.ByModel(EndOfRun.Finished _))) {
      throw new IllegalStateException("ended by " + result.end());
    }
    return result;
  }

  void close() {
    machine.close();
  }
}
