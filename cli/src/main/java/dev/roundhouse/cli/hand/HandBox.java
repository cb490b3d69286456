package dev.roundhouse.cli.hand;

import java.util.List;
import java.util.Optional;

/** The language of a box, as far as a hand controller speaks it. It remembers no state. */
public interface HandBox {
  /**
   * A byte on the line to the box.
   *
   * @param pauseNanos how long to wait before it, after the byte before was sent
   */
  record Sent(int value, long pauseNanos) {}

  /** The highest number of a locomotive that the box knows; the lowest is 1. */
  int locomotives();

  /** The highest number of a turnout; the lowest is 1. */
  int turnouts();

  /** What is sent for a command whose numbers the box knows. */
  List<Sent> bytes(HandCommand command);

  /** Why bytes that were typed as numbers should not go out; empty when they may. */
  Optional<String> objection(List<Integer> bytes);
}
