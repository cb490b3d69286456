package dev.roundhouse.devices.train.layout;

/** What layouts of other software may have, and what to write for it here. */
final class NotSimulated {
  private NotSimulated() {}

  /** For the user who gave a node this type. */
  static String insteadOf(String type) {
    return switch (type) {
      case "crossing" ->
          "a crossing is no node: give each of its tracks an edge of its own; trains that meet on"
              + " it are not seen to collide";
      case "double-slip", "single-slip", "slip" ->
          "make a double slip of two turnouts: a merge and a branch behind it, joined by an edge of"
              + " 0 mm; its two solenoids are their numbers";
      case "curved-turnout", "curved" ->
          "a curved turnout is a branch: its outer leg is straight, its inner one curved, each with"
              + " its own mm";
      case "wye", "y-turnout" -> "a Y turnout is a branch: call one of its legs straight";
      case "three-way", "three-way-turnout" ->
          "a three-way turnout is two branches, joined by an edge straight of 0 mm";
      case "turntable", "transfer-table" ->
          "a "
              + type.replace('-', ' ')
              + " is not simulated; end each track that leads to it with an exit and an enter";
      case "buffer", "bumper" -> "a buffer stop is an exit, and its reverse an enter";
      default -> "\"type\" must be sensor, branch, merge, enter or exit";
    };
  }
}
