package dev.roundhouse.cli.hand;

import dev.roundhouse.cli.hand.HandBox.Sent;
import dev.roundhouse.devices.train.event.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * A line as a person types it: what the box understands as it is, such as bytes, {@code 96 10 24
 * 0x85}, or commands between semicolons, such as {@code speed 24 8; switch 7 c}. One wrong word,
 * and nothing of it is sent.
 */
public final class HandLine {
  private static final String COMMANDS =
      "speed 24 8, reverse 24, switch 7 c (or s), stop, go, sensors; or ";

  private static final int LONGEST = 4096;
  private static final int TOP_SPEED = 14;
  private static final int SIXTEEN = 16;
  private static final String HEX = "0x";

  private final HandBox box;

  /** Lines for a box. */
  public HandLine(HandBox box) {
    this.box = box;
  }

  /** Why a line is refused. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String why) {
      super(why);
    }
  }

  /** What can be typed. */
  public String help() {
    return COMMANDS + box.literals();
  }

  /**
   * What is sent for a line, nothing for an empty one.
   *
   * @throws RefusedException when anything in it is wrong
   */
  public List<Sent> bytes(String line) throws RefusedException {
    if (line.length() > LONGEST) {
      throw new RefusedException("it is longer than %d characters".formatted(LONGEST));
    }
    String text = line.strip();
    if (text.isEmpty()) {
      return List.of();
    }
    List<Sent> all = new ArrayList<>();
    for (String part : text.split(";", -1)) {
      List<String> words = List.of(part.strip().split("\\s+", -1));
      all.addAll(
          Character.isDigit(words.getFirst().isEmpty() ? ' ' : words.getFirst().charAt(0))
              ? box.literally(words)
              : box.bytes(command(words)));
    }
    return all;
  }

  private HandCommand command(List<String> words) throws RefusedException {
    String name = words.getFirst();
    return switch (name) {
      case "stop" -> only(words, new HandCommand.Stop());
      case "go" -> only(words, new HandCommand.Go());
      case "sensors" -> only(words, new HandCommand.Sensors());
      case "reverse" -> {
        require(words, 2, "reverse 24");
        yield new HandCommand.Reverse(train(words.get(1)));
      }
      case "speed" -> {
        require(words, 3, "speed 24 8");
        yield new HandCommand.Speed(
            train(words.get(1)), number(words.get(2), 0, TOP_SPEED, "is no speed"));
      }
      case "switch" -> {
        require(words, 3, "switch 7 c");
        yield new HandCommand.Switch(
            number(words.get(1), 1, box.turnouts(), "is no turnout"), position(words.get(2)));
      }
      default -> throw new RefusedException("'%s' is not known: type %s".formatted(name, help()));
    };
  }

  private static HandCommand only(List<String> words, HandCommand command) throws RefusedException {
    require(words, 1, words.getFirst());
    return command;
  }

  private static void require(List<String> words, int count, String example)
      throws RefusedException {
    if (words.size() != count) {
      throw new RefusedException(
          "%s takes %d words more: %s".formatted(words.getFirst(), count - 1, example));
    }
  }

  private int train(String word) throws RefusedException {
    return number(word, 1, box.locomotives(), "is no train");
  }

  private static Position position(String word) throws RefusedException {
    return switch (word) {
      case "s", "S", "straight" -> Position.STRAIGHT;
      case "c", "C", "curved" -> Position.CURVED;
      default -> throw new RefusedException("'" + word + "' is no position: s or c");
    };
  }

  /** A number within limits, decimal or with 0x. */
  static int number(String word, int least, int most, String what) throws RefusedException {
    try {
      int value =
          word.startsWith(HEX)
              ? Integer.parseInt(word, HEX.length(), word.length(), SIXTEEN)
              : Integer.parseInt(word);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new RefusedException(
        "'%s' %s: give a number from %d to %d".formatted(word, what, least, most));
  }
}
