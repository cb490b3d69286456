package dev.roundhouse.kernel;

import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.board.Prospect;
import java.util.function.Predicate;

/** Sources of events as a test has them: those that may still come, and what the others do. */
record Sources(Predicate<EventId> live, Prospect others) implements EventSources {
  static final Prospect EXHAUSTED = new Prospect(Prospect.Verdict.EXHAUSTED, "its input has ended");

  /** Whose others are exhausted. */
  static Sources of(Predicate<EventId> live) {
    return new Sources(live, EXHAUSTED);
  }

  @Override
  public boolean mayStillCome(EventId event) {
    return live.test(event);
  }

  @Override
  public Prospect prospect(EventId event) {
    return others;
  }
}
