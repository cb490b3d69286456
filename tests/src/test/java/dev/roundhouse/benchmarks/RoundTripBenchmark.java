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

/** What a message and its reply cost: three system calls and two switches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoundTripBenchmark {
  private static final int COUNT = 500_000;

  /** The engine library. */
  @Param({"INSTALLED", "EMBEDDED"})
  public TestEngine engine;

  /** Bytes of message and reply. */
  @Param({"4", "64"})
  public int size;

  private ReadyMachine machine;

  /** Loads the library. */
  @Setup
  public void load() {
    machine = new ReadyMachine(engine);
  }

  /** Makes a machine. */
  @Setup(Level.Invocation)
  public void prepare() {
    machine.prepare(
        ProgramRun.bundled("bench_srr")
            .arg("N", String.valueOf(COUNT))
            .arg("SIZE", String.valueOf(size)));
  }

  /** Runs all of them. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public RunResult sendReceiveReply() {
    return machine.run();
  }

  /** Gives the machine's memory back. */
  @TearDown(Level.Invocation)
  public void close() {
    machine.close();
  }
}
