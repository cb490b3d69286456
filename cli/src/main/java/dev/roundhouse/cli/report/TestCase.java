package dev.roundhouse.cli.report;

import java.time.Duration;

/**
 * A case that was carried out or left out.
 *
 * @param group what it belongs to, such as {@code send}, or a file's name
 * @param name which is it in its group
 * @param took how long, in real time
 */
public record TestCase(String group, String name, TestOutcome outcome, Duration took) {
  /** The case's full name. */
  public String fullName() {
    return group.isEmpty() ? name : group + "/" + name;
  }
}
