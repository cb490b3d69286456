package dev.roundhouse.emulator.unicorn;

/** Machine code for tests: a line for each instruction, its word in hexadecimal and its text. */
final class Listing {
  private Listing() {}

  static int[] words(String listing) {
    return listing
        .lines()
        .filter(line -> !line.isBlank())
        .mapToInt(line -> Integer.parseUnsignedInt(line.strip().split(" ", 2)[0], 16))
        .toArray();
  }
}
