package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.emulator.lines.StreamOutput;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.report.ViolationSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the user during a run what programs do wrong; of each kind only the first few. */
final class Diagnostics implements ViolationSink, Warnings {
  private static final int MOST_OF_A_RULE = 5;

  private final Messages messages;
  private final StreamOutput guestOutput;
  private final Map<Rule, Integer> seen = new EnumMap<>(Rule.class);
  private long violations;
  private @Nullable Machine machine;

  Diagnostics(Messages messages, StreamOutput guestOutput) {
    this.messages = messages;
    this.guestOutput = guestOutput;
  }

  /** From now on violations name tasks and places as this machine knows them. */
  void nameTasksOf(Machine newMachine) {
    machine = newMachine;
  }

  /** How many violations there were. */
  long violations() {
    return violations;
  }

  @Override
  public void violated(Violation violation) {
    violations++;
    int count = seen.merge(violation.rule(), 1, Integer::sum);
    if (count <= MOST_OF_A_RULE) {
      tell("violation: " + line(violation));
    }
    if (count == MOST_OF_A_RULE) {
      tell("violation: more of the same rule are only counted");
    }
  }

  private String line(Violation violation) {
    return machine == null ? violation.text() : machine.line(violation);
  }

  @Override
  public void warn(String where, String what) {
    tell("warning: " + where + ": " + what);
  }

  @Override
  public void inform(String what) {
    tell(what);
  }

  /** Shows the tasks, which somebody has asked for. */
  void show(Optional<TaskReport> tasks) {
    String unknown = "which tasks there are is not known: say what the kernel's calls are by --abi";
    tell(
        Messages.Tone.PLAIN,
        tasks.map(report -> String.join("\n", report.lines())).orElse(unknown));
  }

  private void tell(String line) {
    tell(Messages.Tone.WARNING, line);
  }

  /** Shows lines behind the guest output that came before it. */
  private void tell(Messages.Tone tone, String line) {
    try {
      guestOutput.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    messages.say(tone, line);
  }
}
