package dev.roundhouse.kernel.board;

import dev.roundhouse.kernel.abi.EventId;

/** What the machine knows about interrupts to come while no task runs. */
public interface EventSources {
  /** Whether the interrupt of {@code event} may still come without any task running first. */
  boolean mayStillCome(EventId event);

  /** What is to be expected of an event that wakes tasks, asked at the end of a run. */
  Prospect prospect(EventId event);
}
