package dev.roundhouse.cli.map;

/** How a character looks on a terminal with colours (ECMA-48, select graphic rendition). */
enum Ink {
  PLAIN("0"),
  FAINT("2"),
  BOLD("1"),
  TURNOUT("36"),
  HIT("1;33"),
  ALARM("1;31"),
  GREEN("1;32"),
  BLUE("1;34"),
  MAGENTA("1;35"),
  CYAN("1;36");

  private final String parameter;

  Ink(String parameter) {
    this.parameter = parameter;
  }

  /** The control sequence that selects it. */
  String select() {
    return "\u001b[0;" + parameter + "m";
  }

  /** A train's own, by its place among the trains. */
  static Ink ofTrain(int place) {
    return switch (place % 4) {
      case 0 -> GREEN;
      case 1 -> MAGENTA;
      case 2 -> CYAN;
      default -> BLUE;
    };
  }
}
