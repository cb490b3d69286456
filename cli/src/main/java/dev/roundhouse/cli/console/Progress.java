package dev.roundhouse.cli.console;

import dev.roundhouse.emulator.process.HostAbilities;
import java.util.concurrent.TimeUnit;

/** Tells a person at a terminal how far a command is that takes long, each few seconds. */
public final class Progress {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Messages messages;
  private final String what;
  private final int total;
  private final long start = System.nanoTime();
  private long told = start;
  private int done;

  /**
   * The progress of a command that begins.
   *
   * @param what there are so many of, such as {@code cases}
   */
  public Progress(Messages messages, String what, int total) {
    this.messages = messages;
    this.what = what;
    this.total = total;
  }

  /** One more is done. */
  public void oneMore() {
    done++;
    tellIfDue();
  }

  /** Time passes. */
  public void tellIfDue() {
    long now = System.nanoTime();
    if (now - told >= EVERY_NANOS && done < total) {
      told = now;
      if (HostAbilities.Standard.ERROR.isTerminal()) {
        messages.say(Messages.Tone.ASIDE, text(now - start));
      }
    }
  }

  private String text(long nanos) {
    String sofar = "%d of %d %s done".formatted(done, total, what);
    return done == 0
        ? sofar
        : sofar + ", about " + remaining(nanos, (double) done / total) + " to go";
  }

  /** What is left, in words, of something of which a share took so long. */
  public static String remaining(long nanos, double share) {
    long seconds = Math.round(nanos / share * (1 - share) / TimeUnit.SECONDS.toNanos(1));
    return seconds < 120 ? seconds + " s" : (seconds + 30) / 60 + " min";
  }
}
