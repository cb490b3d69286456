package dev.roundhouse.devices.trace;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Passes each warning on once, and only so many: a machine that is reset again and again makes the
 * same mistakes each time, and code that runs wild makes every mistake there is.
 */
public final class BoundedWarnings implements Warnings {
  private static final int MOST = 128;

  private final Warnings onward;
  private final Set<String> seen = new LinkedHashSet<>();

  private BoundedWarnings(Warnings onward) {
    this.onward = onward;
  }

  /** Those warnings, bounded; the same again if they are already. */
  public static Warnings of(Warnings warnings) {
    return warnings instanceof BoundedWarnings ? warnings : new BoundedWarnings(warnings);
  }

  @Override
  public void warn(String where, String what) {
    if (seen.size() < MOST && seen.add(where + '\n' + what)) {
      onward.warn(where, seen.size() == MOST ? what + " (no more warnings are shown)" : what);
    }
  }

  @Override
  public void inform(String what) {
    onward.inform(what);
  }
}
