package dev.roundhouse.kernel.report;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import java.util.stream.Collectors;

/** Why a run is over. */
public sealed interface EndOfRun {
  /** How much of a name is shown. */
  int LONGEST_NAME = 80;

  /**
   * No task is ready, no event can come, and nobody is stuck waiting for another task.
   *
   * @param waiting tasks that wait for what will not come, nothing being wrong with those that they
   *     wait for; not servers and their notifiers, which have no more to do
   */
  record Finished(List<StillWaiting> waiting) implements EndOfRun {
    private static final int MOST_SHOWN = 8;

    /** Copies the list. */
    public Finished {
      waiting = List.copyOf(waiting);
    }

    /** With nobody left. */
    public Finished() {
      this(List.of());
    }

    private String described() {
      if (waiting.isEmpty()) {
        return "finished: no task can run and no event can come";
      }
      if (waiting.size() == 1) {
        return "finished, but " + waiting.getFirst().text();
      }
      String more = waiting.size() > MOST_SHOWN ? "\n  and others" : "";
      return waiting.stream()
          .limit(MOST_SHOWN)
          .map(task -> "\n  " + task.text())
          .collect(Collectors.joining("", "finished, but tasks are left:", more));
    }
  }

  /** A task called quit. */
  record Quit(Tid tid) implements EndOfRun {}

  /** No task is ready, no event can come, and tasks wait for others that will not act. */
  record Deadlock(List<WaitsFor> chain) implements EndOfRun {
    /** Copies the list. */
    public Deadlock {
      chain = List.copyOf(chain);
    }
  }

  /**
   * A task's loader found no such program.
   *
   * @param name what the argument block asks for, empty if it has no PROGRAM key
   * @param known the programs that there are
   */
  record UnknownProgram(Tid tid, String name, List<String> known) implements EndOfRun {
    /** Copies the list. */
    public UnknownProgram {
      known = List.copyOf(known);
    }

    private static final int MOST_SHOWN = 20;

    private String knownNames() {
      int left = known.size() - MOST_SHOWN;
      return left <= 0
          ? String.join(", ", known)
          : String.join(", ", known.subList(0, MOST_SHOWN)) + " and " + left + " more";
    }
  }

  /** A task's loader found the program, but it cannot be loaded. */
  record CannotLoad(Tid tid, String name, String why) implements EndOfRun {}

  /** A task could not go on. */
  record TaskFault(Tid tid, Fault fault) implements EndOfRun {}

  /**
   * The kernel was to follow a pointer that leads out of RAM or into the kernel.
   *
   * @param tid whose pointer it is
   * @param call the system call to which it was an argument, or {@link #INTERRUPT}
   * @param argument the name of the argument
   * @param where the bytes that the kernel would have touched
   */
  record BadPointer(Tid tid, String call, String argument, UserBuffer where) implements EndOfRun {
    /** In place of a call: the stack pointer that an interrupt found. */
    public static final String INTERRUPT = "interrupt";

    private String described() {
      return call.equals(INTERRUPT)
          ? "%s had a bad stack pointer when an interrupt came: %s".formatted(tid, where)
          : "%s passed a bad pointer: %s of %s, %s".formatted(tid, argument, call, where);
    }
  }

  /** The real kernel would have corrupted itself or stopped. */
  record KernelCrash(Tid tid, Rule rule, String detail) implements EndOfRun {}

  /** A violation in a strict run. */
  record StrictViolation(Violation violation) implements EndOfRun {}

  /** The reason in a word that scripts can rely on. */
  default String word() {
    return switch (this) {
      case Finished _ -> "finished";
      case Quit _ -> "quit";
      case UnknownProgram _ -> "unknown-program";
      case CannotLoad _ -> "cannot-load";
      case TaskFault _ -> "fault";
      case BadPointer _ -> "bad-pointer";
      case KernelCrash _ -> "kernel-crash";
      case Deadlock _ -> "deadlock";
      case StrictViolation _ -> "violation";
    };
  }

  /** The reason for people; a deadlock has one line for each task that waits. */
  default String text() {
    return switch (this) {
      case Finished finished -> finished.described();
      case Quit(Tid tid) -> tid + " quit";
      case Deadlock(List<WaitsFor> chain) ->
          chain.stream()
              .map(link -> "\n  " + link.text())
              .collect(Collectors.joining("", "deadlock:", ""));
      case UnknownProgram unknown -> unknown(unknown);
      case CannotLoad(Tid tid, String name, String why) ->
          "%s cannot load program %s: %s".formatted(tid, Printable.line(name, LONGEST_NAME), why);
      case TaskFault(Tid tid, Fault.GaveUp fault) -> tid + " " + fault.text();
      case TaskFault(Tid tid, Fault fault) -> "%s took a fault: %s".formatted(tid, fault.text());
      case BadPointer bad -> bad.described();
      case KernelCrash(Tid tid, Rule rule, String detail) ->
          "the kernel crashed by %s: %s: %s".formatted(tid, rule.text(), detail);
      case StrictViolation(Violation violation) -> violation.text();
    };
  }

  private static String unknown(UnknownProgram unknown) {
    String name = unknown.name();
    String wanted =
        name.isEmpty()
            ? "has no PROGRAM in its arguments"
            : "wants program " + Printable.line(name, LONGEST_NAME);
    String meant = SimilarNames.hint(name, List.of(unknown.knownNames().split(", ", -1)));
    return "%s %s%s; known programs: %s"
        .formatted(unknown.tid(), wanted, meant, Printable.line(unknown.knownNames()));
  }
}
