package dev.roundhouse.emulator.ports;

import dev.roundhouse.emulator.run.GuestTime;
import java.util.OptionalLong;

/**
 * Recognises code that does nothing but read the same few registers again and again until one
 * changes, and lets time pass faster for it: on the chip such a loop takes hundreds of nanoseconds
 * a turn, here it would take four, and a wait of a second a quarter of a billion calls.
 *
 * <p>The longer it waits the longer its turns become, up to a thousandth of the wait; an alarm of a
 * device is never passed by.
 */
public final class PollStretch implements Polls {
  /** Turns that make a poll loop. */
  public static final int POLLS = 16;

  /** What a turn of such a loop takes at least, in nanoseconds of virtual time. */
  public static final long TURN_NANOS = 1_000;

  private static final long LONGEST_TURN_NANOS = 20_000;
  private static final int TURNS_OF_A_WAIT = 1024;
  private static final long LONGEST_GAP_INSTRUCTIONS = 64;
  private static final int MOST_REGISTERS = 6;
  private static final long NOTHING = -1;

  private final GuestTime time;
  private final long[] registers = new long[MOST_REGISTERS];
  private int known;
  private long instructions;
  private long startNanos;
  private int readsOfKnown;

  /** The register whose reads are the turns, once the loop is recognised. */
  private long pacemaker = NOTHING;

  public PollStretch(GuestTime time) {
    this.time = time;
  }

  @Override
  public void read(long which, long value) {
    long executed = time.instructions();
    if (executed - instructions > LONGEST_GAP_INSTRUCTIONS) {
      forget();
    }
    instructions = executed;
    if (which == pacemaker) {
      leap();
    } else if (isKnown(which)) {
      if (++readsOfKnown >= POLLS * known) {
        pacemaker = which;
        readsOfKnown = 0;
      }
    } else {
      learn(which);
    }
  }

  /** The register whose reads a loop is made of, such as the address of a device's. */
  public OptionalLong polled() {
    return pacemaker == NOTHING ? OptionalLong.empty() : OptionalLong.of(pacemaker);
  }

  private void forget() {
    known = 0;
    pacemaker = NOTHING;
  }

  private void learn(long which) {
    if (known == MOST_REGISTERS) {
      known = 0;
    }
    registers[known++] = which;
    pacemaker = NOTHING;
    readsOfKnown = 0;
    startNanos = time.nanos();
  }

  private boolean isKnown(long which) {
    for (int n = 0; n < known; n++) {
      if (registers[n] == which) {
        return true;
      }
    }
    return false;
  }

  private void leap() {
    long now = time.nanos();
    long turn = (now - startNanos) / TURNS_OF_A_WAIT;
    long nanos = Math.clamp(turn, TURN_NANOS, LONGEST_TURN_NANOS);
    time.leapTo(Math.min(now + nanos, time.nextAlarmNanos()));
  }

  @Override
  public void written() {
    forget();
  }
}
