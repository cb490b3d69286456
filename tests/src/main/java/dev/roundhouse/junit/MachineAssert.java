package dev.roundhouse.junit;

import dev.roundhouse.emulator.run.RunEnd;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a machine. */
public final class MachineAssert extends AbstractAssert<MachineAssert, Machine> {
  MachineAssert(Machine machine) {
    super(machine, MachineAssert.class);
  }

  /** Nothing can happen any more, and nobody waits in vain; or a task called quit. */
  public MachineAssert hasFinished() {
    return hasEndedBy("finished", Set.of("finished", "quit"));
  }

  /** Tasks wait for one another. */
  public MachineAssert isDeadlocked() {
    return hasEndedBy("in a deadlock", Set.of("deadlock"));
  }

  /** A task could not go on, or a booted kernel. */
  public MachineAssert hasFaulted() {
    return hasEndedBy("by a fault", Set.of("fault", "bad-pointer", "kernel-crash", "lost"));
  }

  /** The run is not over. */
  public MachineAssert isRunning() {
    isNotNull();
    actual
        .result()
        .ifPresent(result -> failWithMessage("the run is over: %s", result.end().text()));
    return this;
  }

  /** No task broke a rule of the kernel. */
  public MachineAssert hasNoViolations() {
    isNotNull();
    if (!actual.violations().isEmpty()) {
      failWithMessage("contract violations:%n%s", String.join("\n", actual.complaints()));
    }
    return this;
  }

  private MachineAssert hasEndedBy(String how, Set<String> words) {
    isNotNull();
    if (actual.result().isEmpty()) {
      failWithMessage("expected a run that ended %s, but it is not over at %s", how, actual.now());
      return this;
    }
    RunEnd end = actual.result().get().end();
    if (!words.contains(end.word())) {
      failWithMessage("expected a run that ended %s, but: %s", how, end.text());
    }
    return this;
  }
}
