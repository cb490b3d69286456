package dev.roundhouse.benchmarks;

import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.system.GuestCode;
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

/** What a system call costs after which the caller goes on, with the loop around it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SystemCallBenchmark {
  private static final int MY_TID = 3;
  private static final int COUNT = 1_000_000;

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
    machine.prepare(
        ProgramRun.bundled("name_server").entry("calls", GuestCode.calling(MY_TID, COUNT)));
  }

  /** Runs all of them. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public RunResult myTid() {
    return machine.run();
  }

  /** Gives the machine's memory back. */
  @TearDown(Level.Invocation)
  public void close() {
    machine.close();
  }
}
