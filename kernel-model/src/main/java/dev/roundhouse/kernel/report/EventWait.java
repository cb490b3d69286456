package dev.roundhouse.kernel.report;

import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.board.Prospect;
import dev.roundhouse.kernel.task.Tid;

/**
 * A task that waits for an event.
 *
 * @param event for which it waits
 * @param name of the event, for people
 * @param prospect what is to be expected of it
 */
public record EventWait(Tid tid, EventId event, String name, Prospect prospect) {
  /** For what it waits, and why in vain. */
  public String text() {
    return "%s: %s".formatted(name, prospect.why());
  }
}
