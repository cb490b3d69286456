package dev.roundhouse.emulator.observe;

import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.report.Violation;
import java.util.stream.Collectors;

/** A contract violation in one line, with the name of who called. */
public final class ViolationLine {
  private ViolationLine() {}

  /** The line for a violation, while the kernel is as it was then. */
  public static String of(Violation violation, FaultReport.Source scene) {
    Kernel kernel = scene.kernel();
    Symbols symbols = scene.symbols();
    String what =
        "%s %s: %s: %s"
            .formatted(
                violation.at(),
                whose(violation, kernel),
                violation.rule().text(),
                violation.detail());
    if (violation.isOwnCode()) {
      return what + " at " + symbols.described(violation.callerPc());
    }
    String arguments =
        violation.arguments().stream()
            .map("0x%x"::formatted)
            .collect(Collectors.joining(", ", "(", ")"));
    return "%s in %s%s from %s"
        .formatted(what, violation.call(), arguments, symbols.described(caller(violation, scene)));
  }

  /** While the task is where it made the call, its stack tells more than where the call returns. */
  private static CodePlace caller(Violation violation, FaultReport.Source scene) {
    return CodePlace.own(
        scene
            .kernel()
            .task(violation.tid())
            .filter(task -> task.registers().lr() == violation.callerPc())
            .map(task -> Backtrace.places(task, scene.symbols(), scene.memory()))
            .orElseGet(() -> scene.symbols().before(violation.callerPc())));
  }

  private static String whose(Violation violation, Kernel kernel) {
    return kernel.task(violation.tid()).map(Object::toString).orElse(violation.tid().toString());
  }
}
