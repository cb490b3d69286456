package dev.roundhouse.junit;

import org.assertj.core.api.Assertions;

/** The entry to all assertions: those of this package and all of AssertJ's. */
public final class RoundhouseAssertions extends Assertions {
  private RoundhouseAssertions() {}

  /** Assertions on a machine. */
  public static MachineAssert assertThat(Machine machine) {
    return new MachineAssert(machine);
  }

  /** Assertions on a task. */
  public static TaskAssert assertThat(TaskView task) {
    return new TaskAssert(task);
  }

  /** Assertions on a UART's output. */
  public static UartAssert assertThat(Uart uart) {
    return new UartAssert(uart);
  }

  /** Assertions on what happened. */
  public static TimelineAssert assertThat(TimelineView timeline) {
    return new TimelineAssert(timeline);
  }

  /** Assertions on a train. */
  public static TrainAssert assertThat(TrainView train) {
    return new TrainAssert(train);
  }

  /** Assertions on a track. */
  public static TrackAssert assertThat(TrackView track) {
    return new TrackAssert(track);
  }
}
