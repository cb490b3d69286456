package dev.roundhouse.benchmarks;

import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.system.ProgramRun;
import dev.roundhouse.system.TestEngine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What an instruction costs that computes: recursive fib(30), start of its program included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ComputeBenchmark {
  /** What the run executes: the same in each run. */
  private static final int INSTRUCTIONS = 36_350_064;

  /** The engine library. */
  @Param({"INSTALLED", "EMBEDDED"})
  public TestEngine engine;

  private ReadyMachine machine;

  /** Loads the library. */
  @Setup
  public void load() {
    machine = new ReadyMachine(engine);
  }

  /** Makes a machine. */
  @Setup(Level.Invocation)
  public void prepare() {
    machine.prepare(ProgramRun.bundled("bench_fib").arg("N", "30"));
  }

  /** Runs it to its end. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public RunResult fib() {
    RunResult result = machine.run();
    if (result.instructions() != INSTRUCTIONS) {
      throw new IllegalStateException(
          "fib(30) has %d instructions".formatted(result.instructions()));
    }
    return result;
  }

  /** Gives the machine's memory back. */
  @TearDown(Level.Invocation)
  public void close() {
    machine.close();
  }
}
