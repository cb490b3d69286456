package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.time.VirtualTime;
import java.util.List;

/**
 * The first difference between a recorded run and its replay.
 *
 * @param what what differs, as far as it is known
 * @param same how far both were the same for certain
 * @param seen how far the replay was when the difference was seen
 * @param lastEvents the last events of the replay, oldest first
 */
public record Divergence(String what, Progress same, Progress seen, List<String> lastEvents) {
  /**
   * A point of a run.
   *
   * @param at virtual time
   * @param events that had happened
   */
  public record Progress(VirtualTime at, long events) {
    static Progress of(CheckPoint point) {
      return new Progress(new VirtualTime(point.nanos()), point.events());
    }
  }

  /** Copies the list. */
  public Divergence {
    lastEvents = List.copyOf(lastEvents);
  }

  /** The difference for people, in several lines. */
  public String text() {
    StringBuilder text = new StringBuilder("the replay differs: ").append(what);
    text.append(
        "\n  the same up to %s (event %d), different by %s (event %d)"
            .formatted(same.at, same.events, seen.at, seen.events));
    text.append("\n  last events of the replay:");
    lastEvents.forEach(event -> text.append("\n    ").append(event));
    return text.toString();
  }
}
