package dev.roundhouse.cli.session;

import java.util.List;

/**
 * Texts of the console that decide how a run came out.
 *
 * @param expected the console must print all of them, one behind the other; the run is over then
 * @param failing the console must print none of them; the run is over when it does
 */
public record AwaitedTexts(List<String> expected, List<String> failing) {
  /** None: the run's own end decides. */
  public static final AwaitedTexts NONE = new AwaitedTexts(List.of(), List.of());

  /** Copies the lists. */
  public AwaitedTexts {
    expected = List.copyOf(expected);
    failing = List.copyOf(failing);
  }
}
