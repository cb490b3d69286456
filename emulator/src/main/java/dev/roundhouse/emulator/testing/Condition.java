package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.trace.TraceEvent;
import java.util.function.BooleanSupplier;

/** Something that a test waits for. */
public interface Condition {
  /** Whether it is so now. Asked on the bench's thread while the machine stands still. */
  boolean holds();

  /** What is waited for, such as {@code train 24 stands still}. */
  String text();

  /** How it is now instead, such as {@code it runs at 234 mm/s}; may be empty. */
  default String present() {
    return "";
  }

  /**
   * Whether this event can make it hold; asked of every event, so that the machine stops right
   * behind it. Without any event it is asked every few virtual milliseconds.
   */
  default boolean mayHoldAfter(TraceEvent event) {
    return true;
  }

  /** A condition of a test's own. */
  static Condition of(String text, BooleanSupplier holds) {
    return new Condition() {
      @Override
      public boolean holds() {
        return holds.getAsBoolean();
      }

      @Override
      public String text() {
        return text;
      }
    };
  }

  /** A condition that holds only when the run is over. */
  static Condition theEndOfTheRun() {
    return new Condition() {
      @Override
      public boolean holds() {
        return false;
      }

      @Override
      public String text() {
        return "the run ends";
      }

      @Override
      public boolean mayHoldAfter(TraceEvent event) {
        return false;
      }
    };
  }
}
