package dev.roundhouse.emulator.conformance.script;

import java.util.List;

/**
 * A program that does one step after the other and then returns.
 *
 * @param name the name by which tasks ask for the program
 * @param steps what it does
 */
public record Script(String name, List<Step> steps) {
  /** Checks the name and how many steps there are, and copies the steps. */
  public Script {
    steps = List.copyOf(steps);
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a program's name has at least one character, none NUL");
    }
    if (steps.size() > ScriptLimits.STEPS) {
      throw new IllegalArgumentException(
          "%s has %d steps, more than %d".formatted(name, steps.size(), ScriptLimits.STEPS));
    }
  }

  /** The argument block that asks for a program, with more keys and values behind it. */
  public static Message arguments(String program, String... keysAndValues) {
    StringBuilder block = new StringBuilder("PROGRAM\0").append(program).append('\0');
    for (String word : keysAndValues) {
      block.append(word).append('\0');
    }
    return Message.text(block.toString());
  }
}
