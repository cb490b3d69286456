package dev.roundhouse.devices.pmu;

/** One of the event counters: 32 bits, and what it counts. */
final class EventCounter {
  private static final int BITS = 32;
  private static final long MASK = (1L << BITS) - 1;
  private static final int SOFTWARE_INCREMENT = 0x00;
  private static final int INSTRUCTIONS = 0x08;
  private static final int CYCLES = 0x11;
  private static final int CHAIN = 0x1e;

  private long value;
  private long type;

  /** What has happened since events were last counted, and how often the counter before overran. */
  record Events(long cycles, long instructions, long carries) {}

  long value() {
    return value;
  }

  void set(long newValue) {
    value = newValue & MASK;
  }

  long type() {
    return type;
  }

  void setType(long newType) {
    type = newType & (LevelFilter.MASK | LevelFilter.EVENT_MASK);
  }

  /** Counts what it is set to; how often it has gone from all ones to zero. */
  long count(Events events) {
    return LevelFilter.countsAnywhere(type) ? add(share(events)) : 0;
  }

  private long share(Events events) {
    return switch (event()) {
      case INSTRUCTIONS -> events.instructions;
      case CYCLES -> events.cycles;
      case CHAIN -> events.carries;
      default -> 0;
    };
  }

  /** Counts a write to PMSWINC_EL0; how often it has overrun. */
  long countSoftware() {
    return event() == SOFTWARE_INCREMENT ? add(1) : 0;
  }

  private long add(long events) {
    long sum = value + events;
    value = sum & MASK;
    return sum >>> BITS;
  }

  private int event() {
    return (int) (type & LevelFilter.EVENT_MASK);
  }

  boolean countsInstructions() {
    return event() == INSTRUCTIONS && LevelFilter.countsAnywhere(type);
  }

  boolean countsCycles() {
    return event() == CYCLES && LevelFilter.countsAnywhere(type);
  }

  /** How many events until it overruns. */
  long left() {
    return MASK + 1 - value;
  }
}
