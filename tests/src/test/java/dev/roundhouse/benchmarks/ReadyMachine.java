package dev.roundhouse.benchmarks;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.system.Guest;
import dev.roundhouse.system.TestEngine;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A machine that is ready to run once, so that a benchmark measures the run alone. */
@State(Scope.Thread)
public class ReadyMachine {
  /** The engine library. */
  @Param({"INSTALLED", "EMBEDDED"})
  public TestEngine engine;

  private UnicornLibrary library;
  private Machine machine;

  /** Loads the library. */
  @Setup
  public void load() {
    library = engine.library();
  }

  void prepare(Guest guest) {
    machine = guest.machineOn(library);
  }

  /** Runs to the end of the programs; anything else would be no measurement. */
  RunResult run() {
    RunResult result = machine.run();
    if (!(result.end() instanceof RunEnd.ByKernel(EndOfRun.Finished()))) {
      throw new IllegalStateException("ended by " + result.end());
    }
    return result;
  }

  /** Gives the machine's memory back. */
  @TearDown(Level.Invocation)
  public void close() {
    machine.close();
  }
}
