package dev.roundhouse.kernel.report;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program broke a rule.
 *
 * @param at when
 * @param tid which task
 * @param call the system call that it was in, by name or as {@code svc #n}, or {@code interrupt};
 *     empty if its own code did it
 * @param arguments the argument registers of the call
 * @param callerPc where the call returns to, x30, or where the interrupt came, or the instruction
 * @param rule what was broken
 * @param detail what happened and what the kernel does about it
 */
public record Violation(
    VirtualTime at,
    Tid tid,
    String call,
    List<Long> arguments,
    long callerPc,
    Rule rule,
    String detail) {
  /** Copies the list. */
  public Violation {
    arguments = List.copyOf(arguments);
  }

  /** Whether the task's own code did it, and not the kernel in its name. */
  public boolean isOwnCode() {
    return call.isEmpty();
  }

  /** The violation in one line, without symbols. */
  public String text() {
    if (isOwnCode()) {
      return "%s: %s at 0x%x at %s: %s".formatted(tid, rule.text(), callerPc, at, detail);
    }
    String values =
        arguments.stream().map("0x%x"::formatted).collect(Collectors.joining(", ", "(", ")"));
    return "%s: %s in %s%s called from 0x%x at %s: %s"
        .formatted(tid, rule.text(), call, values, callerPc, at, detail);
  }
}
