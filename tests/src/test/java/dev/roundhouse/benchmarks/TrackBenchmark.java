package dev.roundhouse.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long a virtual second of a simulated train set takes, with all trains running and all sensors
 * polled without pause: it keeps real time if that is less than a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TrackBenchmark {
  private static final long SECOND = 1_000_000_000;

  /** Two trains each. */
  @Param({"2", "20", "100"})
  public int loops;

  private CrowdedTrack crowd;

  /** Lets the trains reach their speeds. */
  @Setup
  public void start() {
    crowd = new CrowdedTrack(loops, 1);
    crowd.start();
    crowd.pass(10 * SECOND);
  }

  /** A virtual second. */
  @Benchmark
  public long virtualSecond() {
    crowd.pass(SECOND);
    return crowd.events();
  }
}
