package dev.roundhouse.emulator.process;

/** How much a terminal shows, in characters. */
public record ScreenSize(int columns, int rows) {
  /** What a terminal has that does not say. */
  public static final ScreenSize USUAL = new ScreenSize(80, 24);

  /** Checks that something is shown. */
  public ScreenSize {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("no screen: " + columns + " x " + rows);
    }
  }
}
