package dev.roundhouse.kernel.report;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.kernel.task.Tid;
import java.util.Optional;

/**
 * A task of the user's that is left waiting when a run is over.
 *
 * @param program its program
 * @param on the task that was to reply or to receive; empty if it waits for the event itself
 * @param event the event at which that ends, which will not come
 */
public record StillWaiting(Tid tid, String program, Optional<Tid> on, EventWait event) {
  /** Who waits for what, and why in vain, in one line. */
  public String text() {
    String target = on.map(other -> other + ", which needs ").orElse("");
    return "%s (%s) still waits for %s%s"
        .formatted(tid, Printable.line(program), target, event.text());
  }
}
