package dev.roundhouse.emulator.run;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.Warnings;
import java.util.List;

/** Tells of reboots: of the first ones each, then of the 100th, the 1000th and so on. */
public final class Reboots {
  private static final int TOLD_EACH = 10;
  private static final long TIMES_MORE = 10;

  private final Warnings heard;
  private long count;
  private long told;
  private long nextTold = 1;

  public Reboots(Warnings heard) {
    this.heard = heard;
  }

  /**
   * The board is about to be reset.
   *
   * @param sending the UARTs that have not sent all they hold
   */
  public void rebooted(VirtualTime at, List<String> sending) {
    count++;
    if (count == nextTold) {
      told = count;
      nextTold = count < TOLD_EACH ? count + 1 : count * TIMES_MORE;
      heard.inform("rebooted by the watchdog at " + at + times() + lost(sending));
    }
  }

  /** The run is over. */
  public void over() {
    if (count > told) {
      heard.inform("rebooted by the watchdog " + count + " times in all");
    }
  }

  private String times() {
    if (count < TOLD_EACH) {
      return "";
    }
    return ", for the %dth time (the next that is told is the %dth)".formatted(count, nextTold);
  }

  private static String lost(List<String> sending) {
    return sending.isEmpty()
        ? ""
        : "; what was still to be sent is lost, as on the board: " + String.join(", ", sending);
  }
}
