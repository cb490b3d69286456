package dev.roundhouse.junit;

import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a machine. */
public final class MachineAssert extends AbstractAssert<MachineAssert, Machine> {
  MachineAssert(Machine machine) {
    super(machine, MachineAssert.class);
  }

  /** Nothing can happen any more, and nobody waits in vain; or a task called quit. */
  public MachineAssert hasFinished() {
    return hasEndedBy("finished", EndOfRun.Finished.class, EndOfRun.Quit.class);
  }

  /** Tasks wait for one another. */
  public MachineAssert isDeadlocked() {
    return hasEndedBy("in a deadlock", EndOfRun.Deadlock.class);
  }

  /** A task could not go on. */
  public MachineAssert hasFaulted() {
    return hasEndedBy(
        "by a fault",
        EndOfRun.TaskFault.class,
        EndOfRun.BadPointer.class,
        EndOfRun.KernelCrash.class);
  }

  /** The run is not over. */
  public MachineAssert isRunning() {
    isNotNull();
    actual
        .result()
        .ifPresent(result -> failWithMessage("the run is over: %s", Endings.text(result.end())));
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

  @SafeVarargs
  private MachineAssert hasEndedBy(String how, Class<? extends EndOfRun>... ends) {
    isNotNull();
    if (actual.result().isEmpty()) {
      failWithMessage("expected a run that ended %s, but it is not over at %s", how, actual.now());
      return this;
    }
    RunEnd end = actual.result().get().end();
    boolean isSo = false;
    for (Class<? extends EndOfRun> each : ends) {
      isSo |= end instanceof RunEnd.ByKernel(EndOfRun why) && each.isInstance(why);
    }
    if (!isSo) {
      failWithMessage("expected a run that ended %s, but: %s", how, Endings.text(end));
    }
    return this;
  }
}
