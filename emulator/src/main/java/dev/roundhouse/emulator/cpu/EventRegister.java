package dev.roundhouse.emulator.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BooleanSupplier;

/**
 * The event register of one core: SEV, SEVL, exception returns and the timer's event streams set
 * it, and {@code wfe} clears it and goes on, or waits while it is clear (Arm Architecture Reference
 * Manual for A-profile, D1.6.1, "Wait for Event"). A SEV sets that of every core.
 */
public final class EventRegister {
  private static final byte SET = 1;

  private final MemorySegment place;
  private boolean isSetForGood;

  /**
   * A register that is clear.
   *
   * @param place one byte, for machine code that sets the register by storing a 1
   */
  public EventRegister(MemorySegment place) {
    this.place = place;
  }

  /** The byte that machine code stores a 1 to. */
  public MemorySegment place() {
    return place;
  }

  /** An event has come. */
  public void set() {
    place.set(ValueLayout.JAVA_BYTE, 0, SET);
  }

  /** Takes it for set from now on: not all that sets it can be seen, and to wait would be wrong. */
  public void setForGood() {
    isSetForGood = true;
  }

  /**
   * Clears it; whether it was set.
   *
   * @param late asks for events that nobody has told yet, and takes them
   */
  public boolean take(BooleanSupplier late) {
    boolean wasSet = isSetForGood || place.get(ValueLayout.JAVA_BYTE, 0) != 0;
    place.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
    return late.getAsBoolean() || wasSet;
  }
}
