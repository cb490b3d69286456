package dev.roundhouse.emulator.debuginfo;

/** How much is read of a file that is not trusted. */
final class ReadingLimits {
  private static final int MOST_ENTRIES = 4_000_000;
  private static final int MOST_KEPT = 300_000;
  private static final int MOST_TEXT = 16 << 20;
  private static final int MOST_ABBREVIATION_BYTES = 64 << 20;

  private int entries;
  private int kept;
  private int text;
  private int abbreviationBytes;

  /** One more entry is read. */
  void entry() throws DebugInfoException {
    entries = limited(entries + 1, MOST_ENTRIES);
  }

  /** One more entry is kept. */
  void kept() throws DebugInfoException {
    kept = limited(kept + 1, MOST_KEPT);
  }

  /** So many more characters are read. */
  void text(int length) throws DebugInfoException {
    text = limited(text + length, MOST_TEXT);
  }

  /** So many more bytes of abbreviations are read. */
  void abbreviations(int bytes) throws DebugInfoException {
    abbreviationBytes = limited(abbreviationBytes + bytes, MOST_ABBREVIATION_BYTES);
  }

  private static int limited(int amount, int most) throws DebugInfoException {
    if (amount > most) {
      throw new DebugInfoException("has more debug information than can be read");
    }
    return amount;
  }
}
