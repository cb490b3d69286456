package dev.roundhouse.emulator.compare;

import dev.roundhouse.emulator.compare.Comparison.Side;
import dev.roundhouse.emulator.compare.StepLog.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The first difference of two runs.
 *
 * @param same how many steps are the same before it
 */
public record Difference(Side model, Side kernel, int same) {
  private static final int BEFORE = 6;
  private static final int AFTER = 4;
  private static final int COLUMN = 60;
  private static final int LONGEST = 120;
  private static final int LEAD = 40;
  private static final String OVER = "(no more)";

  /** Virtual time of the earlier of the two different steps. */
  long earliestNanos() {
    return Math.min(nanos(model.steps()), nanos(kernel.steps()));
  }

  private long nanos(List<Step> steps) {
    return same < steps.size() ? steps.get(same).nanos() : Long.MAX_VALUE;
  }

  /** Both sides around it, for people; the first lines that differ are marked. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%8s   %s  %s".formatted("step", padded("kernel model"), "booted kernel").stripTrailing());
    for (int n = Math.max(0, same - BEFORE); n < same + AFTER; n++) {
      if (n < model.steps().size() || n < kernel.steps().size()) {
        addRow(lines, n);
      }
    }
    lines.add("at %s in the model, %s in the kernel".formatted(at(model), at(kernel)));
    return lines;
  }

  private String at(Side side) {
    if (same < side.steps().size()) {
      return side.steps().get(same).at();
    }
    return "its end";
  }

  private void addRow(List<String> lines, int n) {
    String left = text(model, n);
    String right = text(kernel, n);
    int from = n == same ? Math.max(0, firstDifference(left, right) - LEAD) : 0;
    left = part(left, from);
    right = part(right, from);
    String mark = n == same ? ">" : " ";
    if (left.length() <= COLUMN) {
      lines.add("%s %6d   %s  %s".formatted(mark, n + 1, padded(left), right));
    } else {
      lines.add("%s %6d   %s".formatted(mark, n + 1, left));
      lines.add("%8s   %s  %s".formatted("", padded(""), right));
    }
  }

  /** Long messages are shown around what is different in them. */
  private static String part(String text, int from) {
    int start = text.length() <= LONGEST ? 0 : Math.min(from, text.length());
    int end = Math.min(text.length(), start + LONGEST);
    return (start > 0 ? "..." : "")
        + text.substring(start, end)
        + (end < text.length() ? "..." : "");
  }

  private static int firstDifference(String left, String right) {
    int most = Math.min(left.length(), right.length());
    int same = 0;
    while (same < most && left.charAt(same) == right.charAt(same)) {
      same++;
    }
    return same;
  }

  private static String text(Side side, int n) {
    return n < side.steps().size() ? side.steps().get(n).text() : OVER;
  }

  private static String padded(String text) {
    return ("%-" + COLUMN + "s").formatted(text);
  }
}
