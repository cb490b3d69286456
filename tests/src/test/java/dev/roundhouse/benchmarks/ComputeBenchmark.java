package dev.roundhouse.benchmarks;

import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.system.Guest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What an instruction costs that computes: recursive fib(30), start of its program included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ComputeBenchmark {
  /** What the run executes: the same in each run. */
  private static final int INSTRUCTIONS = 36_350_064;

  /** Makes a machine. */
  @Setup(Level.Invocation)
  public void prepare(ReadyMachine machine) {
    machine.prepare(Guest.bundled("bench_fib").arg("N", "30"));
  }

  /** Runs it to its end. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public RunResult fib(ReadyMachine machine) {
    RunResult result = machine.run();
    if (result.instructions() != INSTRUCTIONS) {
      throw new IllegalStateException(
          "fib(30) has %d instructions".formatted(result.instructions()));
    }
    return result;
  }
}
