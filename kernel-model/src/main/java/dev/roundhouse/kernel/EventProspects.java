package dev.roundhouse.kernel;

import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.InterruptIds;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.board.Prospect;
import dev.roundhouse.kernel.board.Prospect.Verdict;
import dev.roundhouse.kernel.report.EventWait;
import dev.roundhouse.kernel.syscall.EventCalls;
import java.util.List;

/**
 * What tasks in await_event have to expect.
 *
 * <p>The kernel wakes those who wait when the interrupt comes, and takes the source back
 * (kernel/src/interrupt.c, k_intr_wakeup_tasks, 9d49562). An interrupt of the timer that finds
 * nobody is lost: who waits afterwards, for a time that has passed, waits for ever. One of a UART
 * that finds nobody loses nothing but the wake-up, for the byte is still in the FIFO; a server may
 * know of it.
 */
record EventProspects(EventCalls events, InterruptIds interrupts, EventSources sources) {
  /** Those who wait, in the order in which they began to. */
  List<EventWait> waits() {
    return events.waiters().stream().map(this::wait).toList();
  }

  private EventWait wait(EventCalls.Waiter waiter) {
    EventId event = waiter.event();
    return new EventWait(waiter.task().tid(), event, interrupts.nameOf(event), prospect(event));
  }

  private Prospect prospect(EventId event) {
    if (!interrupts.wakes(event)) {
      return Prospect.NO_EVENT;
    }
    if (sources.mayStillCome(event)) {
      return Prospect.MAY_COME;
    }
    Prospect prospect = sources.prospect(event);
    if (prospect.verdict() != Verdict.TAKEN_BACK || !events.wasUnheard(event)) {
      return prospect;
    }
    boolean isLost = event.equals(interrupts.timerEvent());
    return new Prospect(
        isLost ? Verdict.NEVER_COULD_COME : Verdict.EXHAUSTED,
        prospect.why() + "; its interrupt came when nobody waited");
  }
}
