package dev.roundhouse.kernel.board;

import dev.roundhouse.kernel.abi.EventId;

/** What the machine knows about interrupts to come while no task runs. */
@FunctionalInterface
public interface EventSources {
  /** Whether the interrupt of {@code event} may still come without any task running first. */
  boolean mayStillCome(EventId event);
}
