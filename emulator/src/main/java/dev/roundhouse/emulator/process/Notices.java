package dev.roundhouse.emulator.process;

/** Tells the user what the host's side is doing. Called on any thread. */
@FunctionalInterface
public interface Notices {
  /** Shows one line of text, without its line end. */
  void say(String line);
}
