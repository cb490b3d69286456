package dev.roundhouse.emulator.process;

import dev.roundhouse.emulator.platform.PseudoTerminal;
import dev.roundhouse.emulator.platform.Terminal;
import java.io.IOException;

/** What the host offers around a run. */
public final class HostAbilities {
  /** The standard streams of the process. */
  public enum Standard {
    INPUT(Terminal.STDIN),
    OUTPUT(Terminal.STDOUT),
    ERROR(Terminal.STDERR);

    private final int descriptor;

    Standard(int descriptor) {
      this.descriptor = descriptor;
    }

    /** Whether it is open and a terminal. */
    public boolean isTerminal() {
      return Terminal.of(descriptor).isTerminal();
    }
  }

  private HostAbilities() {}

  /** Whether pseudo-terminals can be made here, in one line for the user. */
  public static String pseudoTerminals() {
    try (PseudoTerminal pty = PseudoTerminal.open()) {
      return "available (" + pty.path() + ")";
    } catch (IOException | RuntimeException e) {
      return "not available: " + e.getMessage();
    }
  }
}
