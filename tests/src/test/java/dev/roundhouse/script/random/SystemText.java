package dev.roundhouse.script.random;

import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.Step;

/** Writes a system down for people: a line for each step. */
public final class SystemText {
  private SystemText() {}

  /** All programs but a name server that does nothing unusual, and the inputs. */
  public static String of(ScriptedSystem system) {
    StringBuilder text = new StringBuilder();
    for (Script script : system.programs()) {
      if (!script.equals(ScriptedSystem.NAME_SERVER)) {
        text.append("  ").append(script.name()).append(":\n");
        int index = 0;
        for (Step step : script.steps()) {
          text.append("    ").append(index++).append("  ").append(line(step)).append('\n');
        }
      }
    }
    system.inputs().forEach(input -> text.append("  ").append(input).append('\n'));
    return text.toString();
  }

  /** As records print themselves, with NUL made visible. */
  private static String line(Step step) {
    return switch (step) {
      case Step.Create(int priority, Message.Text(String bytes)) ->
          "Create[priority=%d, arguments=%s]".formatted(priority, bytes.replace('\0', ' '));
      default -> step.toString();
    };
  }
}
