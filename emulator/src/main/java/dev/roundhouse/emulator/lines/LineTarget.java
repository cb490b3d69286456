package dev.roundhouse.emulator.lines;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a user asks for as the far end of a line. */
public sealed interface LineTarget {
  /** Nobody is there. */
  record None() implements LineTarget {}

  /** Output goes to a file; no input comes. */
  record ToFile(Path path) implements LineTarget {}

  /** Clients of a TCP port of this host, one after another. */
  record Tcp(int port) implements LineTarget {}

  /** A pseudo-terminal. */
  record Pty() implements LineTarget {}

  /**
   * A simulated train set.
   *
   * @param layout {@code a} to {@code d}, or the path of a layout file
   */
  record Track(String layout) implements LineTarget {}

  /**
   * A real serial port.
   *
   * @param port its path or name
   */
  record Serial(String port) implements LineTarget {}

  /**
   * An interface of Linux's SocketCAN.
   *
   * @param name such as {@code can0}
   */
  record SocketCan(String name) implements LineTarget {}

  /** The greatest TCP port. */
  int LAST_PORT = 65_535;

  /** What an interface of SocketCAN begins with. */
  String SOCKET_CAN = "socketcan:";

  /**
   * Reads {@code none}, {@code file:PATH}, {@code tcp:PORT}, {@code pty}, {@code track:LAYOUT} or
   * {@code serial:PORT}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static LineTarget parse(String text) {
    if (text.equals("none")) {
      return new None();
    }
    if (text.equals("pty")) {
      return new Pty();
    }
    if (text.startsWith("file:")) {
      return new ToFile(path(text.substring("file:".length())));
    }
    if (text.startsWith("tcp:")) {
      return new Tcp(port(text.substring("tcp:".length())));
    }
    if (text.startsWith("track:")) {
      return new Track(layout(text.substring("track:".length())));
    }
    if (text.startsWith("serial:")) {
      return new Serial(serialPort(text.substring("serial:".length())));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is none of none, file:PATH, tcp:PORT, pty, track:LAYOUT and serial:PORT");
  }

  /**
   * Reads what a CAN bus leads to: {@code none}, {@code track:LAYOUT}, {@code serial:PORT} or
   * {@code socketcan:INTERFACE}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static LineTarget parseCan(String text) {
    if (text.equals("none") || text.startsWith("track:") || text.startsWith("serial:")) {
      return parse(text);
    }
    if (text.startsWith(SOCKET_CAN)) {
      return new SocketCan(canInterface(text.substring(SOCKET_CAN.length())));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is none of none, track:LAYOUT, serial:PORT and socketcan:INTERFACE");
  }

  /** Interfaces have names of up to 15 characters (Linux, IFNAMSIZ). */
  private static String canInterface(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,15}")) {
      throw new IllegalArgumentException(
          "socketcan: needs an interface, as in socketcan:can0; 'ip link' lists them");
    }
    return text;
  }

  private static String layout(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("track: needs a layout, as in track:a");
    }
    return text;
  }

  private static String serialPort(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "serial: needs a port, as in serial:/dev/ttyUSB0; 'roundhouse ports' lists them");
    }
    return text;
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("file: needs a path, as in file:uart3.log");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' cannot be a path", e);
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no TCP port: give 1 to 65535, or 0 for any that is free");
  }
}
