package dev.roundhouse.cli.hand;

import dev.roundhouse.cli.hand.HandLine.RefusedException;
import java.util.List;

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

  /**
   * What is sent for words that begin with a digit: what the box understands, as it is.
   *
   * @throws RefusedException when one of them is none of that
   */
  List<Sent> literally(List<String> words) throws RefusedException;

  /** What such words may be, with an example. */
  String literals();
}
