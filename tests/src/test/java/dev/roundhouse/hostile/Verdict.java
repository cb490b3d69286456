package dev.roundhouse.hostile;

import dev.roundhouse.cli.CommandInThisProcess.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with how a command took a file. */
final class Verdict {
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  /** 128 warnings, and a report of what a core or a task could not do. */
  private static final int MOST_LINES = 250;

  private static final int LONGEST_LINE = 1_000;
  private static final int SHOWN = 1_500;
  private static final Pattern OF_JAVA =
      Pattern.compile("internal error|\\s+at [\\w.$/]+\\(|\\b\\w+(Exception|Error)\\b");
  private static final Pattern OWN_CODE = Pattern.compile("ended the run with exit code (\\d+)");

  private Verdict() {}

  /** The complaint, if there is one. */
  static Optional<String> on(HostileFile kind, Outcome outcome, Duration took) {
    String err = outcome.err();
    Matcher java = OF_JAVA.matcher(err);
    if (java.find()) {
      return complaint("\"" + java.group().strip() + "\"", outcome);
    }
    if (!kind.exitCodes().contains(outcome.exitCode()) && !isItsOwn(outcome)) {
      return complaint("exit code " + outcome.exitCode(), outcome);
    }
    if (took.compareTo(MOST_TIME) > 0) {
      return complaint("took " + took + " of processor time", outcome);
    }
    return textOf(err)
        .or(() -> kind.printsGuests() ? Optional.empty() : textOf(outcome.out()))
        .flatMap(what -> complaint(what, outcome));
  }

  /** A program or kernel ended the run with a code of its own. */
  private static boolean isItsOwn(Outcome outcome) {
    Matcher own = OWN_CODE.matcher(outcome.err());
    return own.find() && own.group(1).equals(Integer.toString(outcome.exitCode()));
  }

  private static Optional<String> textOf(String text) {
    if (text.lines().count() > MOST_LINES) {
      return Optional.of(text.lines().count() + " lines");
    }
    if (text.lines().anyMatch(line -> line.length() > LONGEST_LINE)) {
      return Optional.of("a line of more than " + LONGEST_LINE + " characters");
    }
    return text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))
        ? Optional.of("control characters")
        : Optional.empty();
  }

  private static Optional<String> complaint(String what, Outcome outcome) {
    String err = outcome.err();
    String shown =
        err.substring(0, Math.min(SHOWN, err.length())).replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    return Optional.of("%s (exit code %d), stderr:%n%s".formatted(what, outcome.exitCode(), shown));
  }
}
