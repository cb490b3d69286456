package dev.roundhouse.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A simulated track at the machine of a {@link RoundhouseTest}. On a method it takes the place of
 * its class's.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Track {
  /** The layout: {@code A} to {@code D}, or a layout file. */
  String value();

  /**
   * The UART that the interface box is plugged into; one on CAN, as that of C and D, needs none.
   */
  int uart() default MachineSetup.TRAIN_UART;

  /** Trains from the start, each as in {@code 24@C13}, just past that sensor. */
  String[] trains() default {};

  /** Turnouts that lie elsewhere than the layout says, each as in {@code 9=C} or {@code 9=S}. */
  String[] turnouts() default {};

  /** A file with what goes wrong, and when. */
  String faults() default "";

  /** The seed of all chance. */
  long seed() default 0;
}
