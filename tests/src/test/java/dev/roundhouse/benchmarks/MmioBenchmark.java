package dev.roundhouse.benchmarks;

import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.system.Guest;
import dev.roundhouse.system.GuestCode;
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

/** What a load from a device costs, here of the system timer's counter, with the loop around it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MmioBenchmark {
  private static final long TIMER_CLO = 0xFE00_3004L;
  private static final int COUNT = 1_000_000;

  /** Makes a machine. */
  @Setup(Level.Invocation)
  public void prepare(ReadyMachine machine) {
    machine.prepare(
        Guest.bundled("name_server").entry("loads", GuestCode.loading(TIMER_CLO, COUNT)));
  }

  /** Runs all of them. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public RunResult loadFromDevice(ReadyMachine machine) {
    return machine.run();
  }
}
