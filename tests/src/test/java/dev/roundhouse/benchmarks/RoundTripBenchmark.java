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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a message and its reply cost: three system calls and two switches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoundTripBenchmark {
  private static final int COUNT = 500_000;

  /** Bytes of message and reply. */
  @Param({"4", "64"})
  public int size;

  /** Makes a machine. */
  @Setup(Level.Invocation)
  public void prepare(ReadyMachine machine) {
    machine.prepare(
        Guest.bundled("bench_srr")
            .arg("N", String.valueOf(COUNT))
            .arg("SIZE", String.valueOf(size)));
  }

  /** Runs all of them. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public RunResult sendReceiveReply(ReadyMachine machine) {
    return machine.run();
  }
}
