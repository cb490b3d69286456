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

/** What a yield costs that lets another task run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContextSwitchBenchmark {
  private static final int YIELD = 1;
  private static final int COUNT = 500_000;

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
    machine.prepare(switching());
  }

  /** The entry and task 2, of the same priority, take turns. */
  private static ProgramRun switching() {
    byte[] yielding = GuestCode.calling(YIELD, COUNT);
    return new ProgramRun().entry("user_entry", yielding).program("name_server", yielding);
  }

  /** Runs all of them. */
  @Benchmark
  @OperationsPerInvocation(2 * COUNT)
  public RunResult yieldToAnother() {
    return machine.run();
  }

  /** Gives the machine's memory back. */
  @TearDown(Level.Invocation)
  public void close() {
    machine.close();
  }
}
