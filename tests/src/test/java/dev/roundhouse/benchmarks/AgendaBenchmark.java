package dev.roundhouse.benchmarks;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a device pays to set an alarm and have it fall due, beside ten that are waiting. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AgendaBenchmark {
  private static final int WAITING = 10;

  private long now;
  private long fallen;
  private final Agenda agenda = new Agenda();
  private final Alarm measured = agenda.alarm("measured", at -> fallen++);

  /** Makes the ten that wait. */
  public AgendaBenchmark() {
    for (int i = 0; i < WAITING; i++) {
      agenda.alarm("waiting", at -> {}).setAt(Long.MAX_VALUE - 1 - i);
    }
  }

  /** Sets the alarm one nanosecond ahead and lets it fall due. */
  @Benchmark
  public long setAndFallDue() {
    now++;
    measured.setAt(now);
    agenda.runDue(now);
    return fallen;
  }
}
