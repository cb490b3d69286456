package dev.roundhouse.emulator.machine;

/** Why the run of a booted kernel is over. */
public sealed interface BootEnd {
  /** It waits for an interrupt that cannot come. */
  record Finished() implements BootEnd {}

  /** It asked the watchdog for a reboot, and the run is to end there. */
  record Rebooted() implements BootEnd {}

  /** It asked a debugger to end it (semihosting, SYS_EXIT). */
  record Exited(int code) implements BootEnd {}

  /** It cannot go on: what happened, in a few words. */
  record Lost(String what) implements BootEnd {}

  /** A limit or the user ended it. */
  record Cut(RunEnd why) implements BootEnd {}
}
