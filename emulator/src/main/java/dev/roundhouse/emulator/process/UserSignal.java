package dev.roundhouse.emulator.process;

import dev.roundhouse.emulator.platform.ProcessSignals;

/** SIGUSR1, by which somebody asks a run how it goes. */
public final class UserSignal {
  private UserSignal() {}

  /** Has {@code action} run at each signal, on another thread; it replaces the one before. */
  public static void act(Runnable action) {
    ProcessSignals.onUser1(action);
  }
}
