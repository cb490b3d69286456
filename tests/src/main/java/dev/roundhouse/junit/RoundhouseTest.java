package dev.roundhouse.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that run programs, or boot a kernel, on a machine. Each test gets a machine of its own: a
 * parameter of type {@link Machine}, {@link TrackView}, {@link Uart} (the console) or {@link
 * VirtualClock} is of that machine. On a method it takes the place of its class's.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RoundhouseExtension.class)
public @interface RoundhouseTest {
  /** A bundled system, such as {@code train-control}; {@code -} and {@code _} are the same. */
  String image() default "";

  /**
   * ELF files, relative to the folder that the tests run in. Without an image the first one is the
   * entry; with one they come to its programs, or take the place of those with the same name.
   */
  String[] programs() default {};

  /**
   * A kernel to boot in place of programs: kernel8.img or an ELF file, relative to the folder that
   * the tests run in, or the name of a bundled one, such as {@code kernels/mini.elf}.
   */
  String kernel() default "";

  /** The kernel's ABI profile, as for {@link MachineSetup#abi}; none is guessed. */
  String abi() default "";

  /** Arguments of the entry, each {@code KEY=VALUE}. */
  String[] args() default {};

  /** The UART that {@link Machine#console} is: 2 for programs and 0 for a kernel if not given. */
  int console() default MachineSetup.USUAL_CONSOLE;

  /** The kernel: {@code trainsos}, or {@code course} for the specification of CS 452. */
  String profile() default "trainsos";

  /** Whether the first contract violation ends the run. */
  boolean strict() default false;

  /** Which writes are watched exactly: {@code stacks}, {@code code}, {@code strays}. */
  String[] guard() default {};
}
