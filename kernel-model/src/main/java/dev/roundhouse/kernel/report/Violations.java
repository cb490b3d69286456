package dev.roundhouse.kernel.report;

import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.kernel.task.Task;
import java.util.List;
import java.util.Optional;

/** Collects what tasks do against the rules, for the sink and for a strict run's end. */
public final class Violations {
  private final VirtualClock clock;
  private final ViolationSink sink;
  private final Strictness strictness;
  private Optional<EndOfRun> end = Optional.empty();

  /** Reports to {@code sink} with the time of {@code clock}. */
  public Violations(VirtualClock clock, ViolationSink sink, Strictness strictness) {
    this.clock = clock;
    this.sink = sink;
    this.strictness = strictness;
  }

  /** {@code task} broke a rule in the system call that it made last. */
  public void report(Task task, Rule rule, String detail) {
    List<Long> arguments = task.latestCall().arguments(task.registers());
    report(task, task.latestCall().callName(), arguments, rule, detail);
  }

  /** {@code task} made a system call that does not exist. */
  public void reportUnknownCall(Task task, int number, String detail) {
    report(task, "svc #" + number, List.of(), Rule.UNKNOWN_SYSCALL, detail);
  }

  /** How the run ends because of a violation; empty if it goes on. */
  public Optional<EndOfRun> end() {
    return end;
  }

  private void report(Task task, String call, List<Long> arguments, Rule rule, String detail) {
    long callerPc = task.registers().lr();
    Violation violation =
        new Violation(clock.now(), task.tid(), call, arguments, callerPc, rule, detail);
    sink.violated(violation);
    if (strictness == Strictness.STRICT && end.isEmpty()) {
      end = Optional.of(new EndOfRun.StrictViolation(violation));
    }
  }
}
