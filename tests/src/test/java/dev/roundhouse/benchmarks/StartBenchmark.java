package dev.roundhouse.benchmarks;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import dev.roundhouse.system.ProgramRun;
import dev.roundhouse.system.TestEngine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a machine costs from nothing to the end of a program that prints one line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StartBenchmark {
  /** The engine library. */
  @Param({"INSTALLED", "EMBEDDED"})
  public TestEngine engine;

  private UnicornLibrary library;

  /** Loads the library, which a process does once. */
  @Setup
  public void load() {
    library = engine.library();
  }

  /** Makes a machine, runs the program, gives the machine back. */
  @Benchmark
  public RunResult hello() {
    try (Machine machine = ProgramRun.bundled("hello").machineOn(library)) {
      return machine.run();
    }
  }
}
