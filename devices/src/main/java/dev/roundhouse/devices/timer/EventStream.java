package dev.roundhouse.devices.timer;

import java.util.function.LongSupplier;

/**
 * Events that a counter of the generic timer sends to its core: one each time that a bit of the
 * counter changes in one direction (Arm Architecture Reference Manual for A-profile, D12.2.4,
 * "Event streams"; CNTKCTL_EL1 for the virtual counter, CNTHCTL_EL2 for the physical one).
 */
public final class EventStream {
  /** Answer of {@link #nextCount} while no event comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** EVNTEN. */
  private static final long ENABLE = 1 << 2;

  /** EVNTDIR: events at changes from 1 to 0. */
  private static final long FALLING = 1 << 3;

  /** EVNTI: which bit of the counter. */
  private static final int BIT_SHIFT = 4;

  private static final int BIT_MASK = 0xf;

  private final LongSupplier counter;
  private long control;
  private long seenCount;
  private boolean isLeft;

  /** A stream that is off, from a counter that only grows. */
  EventStream(LongSupplier counter) {
    this.counter = counter;
  }

  /** Takes what was written to the register that controls it. */
  public void setControl(long value) {
    isLeft |= take();
    control = value;
  }

  /** Whether an event has come since this was last asked. */
  public boolean take() {
    long now = counter.getAsLong();
    boolean hasCome = isLeft || (isEnabled() && eventsUntil(now) != eventsUntil(seenCount));
    isLeft = false;
    seenCount = now;
    return hasCome;
  }

  /** The count at which the next event comes, or {@link #NEVER}. */
  public long nextCount() {
    return isEnabled() ? ((eventsUntil(counter.getAsLong()) + 1) << (bit() + 1)) - lead() : NEVER;
  }

  private boolean isEnabled() {
    return (control & ENABLE) != 0;
  }

  private int bit() {
    return (int) (control >>> BIT_SHIFT) & BIT_MASK;
  }

  /** How many counts before the bit falls its event comes: it rises half a period earlier. */
  private long lead() {
    return (control & FALLING) != 0 ? 0 : 1L << bit();
  }

  private long eventsUntil(long count) {
    return (count + lead()) >>> (bit() + 1);
  }
}
