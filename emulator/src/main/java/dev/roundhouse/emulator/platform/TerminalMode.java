package dev.roundhouse.emulator.platform;

/** The settings of a terminal (termios(3)): only the C library looks inside. */
public final class TerminalMode {
  private final byte[] termios;

  TerminalMode(byte[] termios) {
    this.termios = termios;
  }

  byte[] termios() {
    return termios;
  }
}
