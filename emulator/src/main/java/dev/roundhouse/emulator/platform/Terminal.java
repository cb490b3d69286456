package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

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

  private static final long O_RDWR = 2;
  private static final long O_NOCTTY_LINUX = 0x100;
  private static final long O_NOCTTY_MACOS = 0x2_0000;
  private static final long TCSANOW = 0;
  private static final long TIOCGWINSZ_LINUX = 0x5413;
  private static final long TIOCGWINSZ_MACOS = 0x4008_7468;

  /** Four 16-bit numbers: rows, columns, and the size in pixels. */
  private static final int WINSIZE_BYTES = 8;

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

  /**
   * A terminal by its device file, open until {@link #close}.
   *
   * @throws IOException when it cannot be opened or is no terminal
   */
  public static Terminal at(Path device) throws IOException {
    NativeFunctions host = NativeFunctions.ofHost();
    boolean mac = HostPlatform.current().isMac();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(device.toString());
      long flags = O_RDWR | (mac ? O_NOCTTY_MACOS : O_NOCTTY_LINUX);
      MethodHandle open = host.variadicFunction("open", 2);
      int descriptor = (int) (long) open.invokeExact(name.address(), flags, 0L, 0L, 0L, 0L, 0L);
      if (descriptor < 0) {
        throw new IOException("it cannot be opened");
      }
      Terminal terminal = new Terminal(descriptor, host);
      if (!terminal.isTerminal()) {
        terminal.close();
        throw new IOException("it is no terminal");
      }
      return terminal;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Closes it, unless it is one of the process's own; answers whether it did. */
  public boolean close() {
    boolean isOwn = descriptor <= STDERR;
    return !isOwn && call("close", descriptor, 0, 0) == 0;
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
   * How many columns and rows it shows (ioctl TIOCGWINSZ, ioctl_tty(2)); nothing when it does not
   * know, or is no terminal.
   */
  public Optional<TerminalSize> size() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment winsize = arena.allocate(WINSIZE_BYTES, Short.BYTES);
      MethodHandle ioctl = host.variadicFunction("ioctl", 2);
      long request = HostPlatform.current().isMac() ? TIOCGWINSZ_MACOS : TIOCGWINSZ_LINUX;
      int result =
          (int)
              (long)
                  ioctl.invokeExact((long) descriptor, request, winsize.address(), 0L, 0L, 0L, 0L);
      int rows = Short.toUnsignedInt(winsize.get(JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(winsize.get(JAVA_SHORT, Short.BYTES));
      return result == 0 && rows > 0 && columns > 0
          ? Optional.of(new TerminalSize(columns, rows))
          : Optional.empty();
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
