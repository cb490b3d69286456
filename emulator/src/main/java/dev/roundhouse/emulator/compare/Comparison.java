package dev.roundhouse.emulator.compare;

import dev.roundhouse.emulator.compare.StepLog.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares two runs step by step.
 *
 * @param model the model's run
 * @param kernel the booted kernel's
 * @param order whether the order of different tasks matters
 */
public record Comparison(Side model, Side kernel, Order order) {
  /** Whether the order in which different tasks do things matters. */
  public enum Order {
    /** The steps of all tasks, in one order. */
    OF_ALL,
    /** The steps of each task by itself. */
    OF_EACH_TASK
  }

  /**
   * A run.
   *
   * @param log its steps
   * @param isCut whether it was ended by a limit, so that more might have come
   */
  public record Side(StepLog log, boolean isCut) {
    List<Step> steps() {
      return log.steps();
    }

    private Side of(int tid) {
      StepLog part = new StepLog(Integer.MAX_VALUE);
      steps().stream().filter(step -> step.task().tid() == tid).forEach(part.steps()::add);
      return new Side(part, isCut);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * The same, to the end of both or to where one was cut off.
     *
     * @param steps that were compared
     */
    record Same(int steps) implements Outcome {}

    /**
     * Not the same.
     *
     * @param difference where
     * @param isOrderOnly whether each task by itself does the same, as far as both go
     */
    record Different(Difference difference, boolean isOrderOnly) implements Outcome {}
  }

  /** Looks for the first difference. */
  public Outcome outcome() {
    int same = commonSteps(model.steps(), kernel.steps());
    if (isAgreement(model, kernel, same)) {
      return new Outcome.Same(same);
    }
    List<Difference> byTask = differencesOfTasks();
    if (order == Order.OF_ALL) {
      return new Outcome.Different(new Difference(model, kernel, same), byTask.isEmpty());
    }
    return byTask.isEmpty()
        ? new Outcome.Same(Math.min(model.steps().size(), kernel.steps().size()))
        : new Outcome.Different(byTask.getFirst(), false);
  }

  private static int commonSteps(List<Step> some, List<Step> others) {
    int most = Math.min(some.size(), others.size());
    int same = 0;
    while (same < most && some.get(same).text().equals(others.get(same).text())) {
      same++;
    }
    return same;
  }

  /** A run that was cut off says nothing about what would have come. */
  private static boolean isAgreement(Side one, Side other, int same) {
    boolean oneIsOver = same == one.steps().size();
    boolean otherIsOver = same == other.steps().size();
    return (oneIsOver && otherIsOver) || (oneIsOver && one.isCut) || (otherIsOver && other.isCut);
  }

  /** One for each task that does not do the same, the earliest first. */
  private List<Difference> differencesOfTasks() {
    SortedSet<Integer> tids = new TreeSet<>();
    model.steps().forEach(step -> tids.add(step.task().tid()));
    kernel.steps().forEach(step -> tids.add(step.task().tid()));
    SortedMap<Long, Difference> byTime = new TreeMap<>();
    for (int tid : tids) {
      Side ours = model.of(tid);
      Side theirs = kernel.of(tid);
      int same = commonSteps(ours.steps(), theirs.steps());
      boolean goesOnlyFurther = isAgreement(ours, theirs, same);
      if (!goesOnlyFurther) {
        Difference difference = new Difference(ours, theirs, same);
        byTime.putIfAbsent(difference.earliestNanos(), difference);
      }
    }
    return new ArrayList<>(byTime.values());
  }
}
