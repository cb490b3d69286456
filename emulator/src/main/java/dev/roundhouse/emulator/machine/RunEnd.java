package dev.roundhouse.emulator.machine;

import dev.roundhouse.kernel.report.EndOfRun;

/** Why a run is over. */
public sealed interface RunEnd {
  /** The kernel model ended it: see what it says. */
  record ByKernel(EndOfRun end) implements RunEnd {}

  /** The limit of virtual time was reached. */
  record VirtualTimeout() implements RunEnd {}

  /** The limit of real time was reached. */
  record WallTimeout() implements RunEnd {}

  /** A program asked a debugger to end it (semihosting, SYS_EXIT) with a code of 0 to 255. */
  record Exited(int code) implements RunEnd {}

  /** The user asked for it. */
  record Stopped() implements RunEnd {}
}
