package dev.roundhouse.emulator.hostos;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What a file descriptor is when it is a terminal (isatty(3), termios(3)). */
public final class Terminal {
  /** The descriptor of standard input. */
  public static final int STDIN = 0;

  /** The descriptor of standard output. */
  public static final int STDOUT = 1;

  /** The descriptor of standard error. */
  public static final int STDERR = 2;

  /** More than any host's struct termios has: Linux 60, macOS 72. */
  private static final int TERMIOS_BYTES = 256;

  private static final long TCSANOW = 0;

  private final int descriptor;
  private final NativeFunctions host;

  private Terminal(int descriptor, NativeFunctions host) {
    this.descriptor = descriptor;
    this.host = host;
  }

  /** The terminal that a descriptor may be. */
  public static Terminal of(int descriptor) {
    return new Terminal(descriptor, NativeFunctions.ofHost());
  }

  /** Whether the descriptor is open and a terminal. */
  public boolean isTerminal() {
    try {
      MethodHandle isatty = host.function("isatty");
      return (int) (long) isatty.invokeExact((long) descriptor, 0L, 0L, 0L, 0L, 0L, 0L) == 1;
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /**
   * Its settings.
   *
   * @throws IOException when it is no terminal
   */
  public TerminalMode mode() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment termios = arena.allocate(TERMIOS_BYTES);
      if (call("tcgetattr", descriptor, termios.address(), 0) != 0) {
        throw new IOException("descriptor " + descriptor + " is no terminal");
      }
      return new TerminalMode(termios.toArray(JAVA_BYTE));
    }
  }

  /** Those settings, but each key is passed on at once and nothing is changed or echoed. */
  public TerminalMode raw(TerminalMode mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment termios = arena.allocateFrom(JAVA_BYTE, mode.termios());
      call("cfmakeraw", termios.address(), 0, 0);
      return new TerminalMode(termios.toArray(JAVA_BYTE));
    }
  }

  /**
   * Changes its settings at once.
   *
   * @throws IOException when the host does not
   */
  public void set(TerminalMode mode) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment termios = arena.allocateFrom(JAVA_BYTE, mode.termios());
      if (call("tcsetattr", descriptor, TCSANOW, termios.address()) != 0) {
        throw new IOException("the host refuses to set up terminal " + descriptor);
      }
    }
  }

  private int call(String function, long a, long b, long c) {
    try {
      return (int) (long) host.function(function).invokeExact(a, b, c, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
