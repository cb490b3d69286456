package dev.roundhouse.emulator.machine;

/**
 * Recognises code that does nothing but read one register again and again until it changes, and
 * lets time pass faster for it: on the chip such a loop takes hundreds of nanoseconds a turn, here
 * it would take four, and a wait of a second a quarter of a billion calls.
 */
final class PollWatch {
  /** Reads in a row that make a poll loop. */
  static final int POLLS = 16;

  /** What a turn of such a loop takes, in nanoseconds of virtual time: the system timer's step. */
  static final long TURN_NANOS = 1_000;

  private static final long LONGEST_TURN_INSTRUCTIONS = 64;
  private static final long NOTHING = -1;

  private final GuestTime time;
  private long register = NOTHING;
  private long instructions;
  private int turns;

  PollWatch(GuestTime time) {
    this.time = time;
  }

  /** A register was read; time has caught up. */
  void read(long which) {
    long executed = time.instructions();
    if (which == register && executed - instructions <= LONGEST_TURN_INSTRUCTIONS) {
      turns++;
    } else {
      turns = 0;
      register = which;
    }
    instructions = executed;
    if (turns >= POLLS) {
      time.leapTo(Math.min(time.nanos() + TURN_NANOS, time.nextAlarmNanos()));
    }
  }

  /** Something was written. */
  void written() {
    register = NOTHING;
  }
}
