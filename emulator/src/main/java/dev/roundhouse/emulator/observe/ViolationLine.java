package dev.roundhouse.emulator.observe;

import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.report.Violation;
import java.util.stream.Collectors;

/** A contract violation in one line, with the name of who called. */
public final class ViolationLine {
  private ViolationLine() {}

  /** The line for a violation, while the kernel is as it was then. */
  public static String of(Violation violation, Kernel kernel, Symbols symbols) {
    String arguments =
        violation.arguments().stream()
            .map("0x%x"::formatted)
            .collect(Collectors.joining(", ", "(", ")"));
    if (violation.isOwnCode()) {
      return "%s %s: %s: %s at %s"
          .formatted(
              violation.at(),
              whose(violation, kernel),
              violation.rule().text(),
              violation.detail(),
              symbols.described(violation.callerPc()));
    }
    return "%s %s: %s: %s in %s%s from %s"
        .formatted(
            violation.at(),
            whose(violation, kernel),
            violation.rule().text(),
            violation.detail(),
            violation.call(),
            arguments,
            symbols.returningTo(violation.callerPc()));
  }

  private static String whose(Violation violation, Kernel kernel) {
    return kernel.task(violation.tid()).map(Object::toString).orElse(violation.tid().toString());
  }
}
