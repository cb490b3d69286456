package dev.roundhouse.cli.scenario;

/** A scenario file makes no sense; the message says where and what, in one line. */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  ScenarioException(String message) {
    super(message);
  }
}
