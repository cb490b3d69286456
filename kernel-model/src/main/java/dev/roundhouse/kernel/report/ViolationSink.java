package dev.roundhouse.kernel.report;

/** Who is told of violations, in the order in which they happen. */
@FunctionalInterface
public interface ViolationSink {
  /** A program broke a rule. */
  void violated(Violation violation);
}
