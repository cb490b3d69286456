package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A pseudo-terminal, raw, seen from its master side (posix_openpt(3), pty(7)). It holds the other
 * side open itself, so that programs may open and leave it as they like.
 *
 * <p>One thread may read while another one writes.
 */
public final class PseudoTerminal implements Closeable {
  private static final long O_RDWR = 2;
  private static final long O_NOCTTY_LINUX = 0x100;
  private static final long O_NOCTTY_MACOS = 0x20000;
  private static final long O_NONBLOCK_LINUX = 0x800;
  private static final long O_NONBLOCK_MACOS = 4;
  private static final long F_SETFL = 4;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int POLLFD_BYTES = 8;
  private static final int POLLFD_EVENTS = 4;
  private static final int POLLFD_REVENTS = 6;
  private static final int PATH_BYTES = 1024;

  private final MethodHandle poll;
  private final MethodHandle read;
  private final MethodHandle write;
  private final MethodHandle close;
  private final int master;
  private final int slave;
  private final String path;

  private PseudoTerminal(NativeFunctions host) throws IOException {
    poll = host.function("poll");
    read = host.function("read");
    write = host.function("write");
    close = host.function("close");
    master = (int) call(host.function("posix_openpt"), O_RDWR | noControllingTerminal(), 0, 0);
    check(master, "posix_openpt");
    int opened = -1;
    try {
      check(call(host.function("grantpt"), master, 0, 0), "grantpt");
      check(call(host.function("unlockpt"), master, 0, 0), "unlockpt");
      path = pathOf(host);
      opened = openSlave(host);
      Terminal terminal = Terminal.of(opened);
      terminal.set(terminal.raw(terminal.mode()));
      check(
          call(host.variadicFunction("fcntl", 2), master, F_SETFL, O_RDWR | nonBlocking()),
          "fcntl");
      slave = opened;
    } catch (IOException | RuntimeException e) {
      closeBoth(opened);
      throw e;
    }
  }

  /**
   * Makes one.
   *
   * @throws IOException when the host has none left, or none at all
   */
  public static PseudoTerminal open() throws IOException {
    return new PseudoTerminal(NativeFunctions.ofHost());
  }

  /** The file that another program opens, such as {@code /dev/pts/3}. */
  public String path() {
    return path;
  }

  /**
   * Reads what another program has written.
   *
   * @param waitMillis how long to wait for it
   * @return how many bytes were read; 0 when none came
   */
  public int read(byte[] into, int waitMillis) throws IOException {
    if (!isReady(POLLIN, waitMillis)) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(into.length);
      int count = (int) check(call(read, master, buffer.address(), into.length), "read");
      MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, count);
      return count;
    }
  }

  /**
   * Writes for another program to read.
   *
   * @param waitMillis how long to wait for room
   * @return how many of the bytes were taken; 0 while nobody reads
   */
  public int write(byte[] from, int offset, int length, int waitMillis) {
    if (!isReady(POLLOUT, waitMillis)) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(length);
      MemorySegment.copy(from, offset, buffer, JAVA_BYTE, 0, length);
      return (int) Math.max(call(write, master, buffer.address(), length), 0);
    }
  }

  @Override
  public void close() {
    closeBoth(slave);
  }

  private void closeBoth(int openedSlave) {
    if (openedSlave >= 0) {
      call(close, openedSlave, 0, 0);
    }
    call(close, master, 0, 0);
  }

  private boolean isReady(short event, int waitMillis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pollfd = arena.allocate(POLLFD_BYTES, Integer.BYTES);
      pollfd.set(JAVA_INT, 0, master);
      pollfd.set(JAVA_SHORT, POLLFD_EVENTS, event);
      int ready = (int) call(poll, pollfd.address(), 1, waitMillis);
      return ready > 0 && (pollfd.get(JAVA_SHORT, POLLFD_REVENTS) & event) != 0;
    }
  }

  @SuppressWarnings("restricted") // the C library's string, cut at a limit
  private String pathOf(NativeFunctions host) throws IOException {
    long name = call(host.function("ptsname"), master, 0, 0);
    if (name == 0) {
      throw new IOException("ptsname fails");
    }
    return MemorySegment.ofAddress(name).reinterpret(PATH_BYTES).getString(0);
  }

  private int openSlave(NativeFunctions host) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      long flags = O_RDWR | noControllingTerminal();
      long opened = call(host.variadicFunction("open", 2), name.address(), flags, 0);
      return (int) check(opened, "open of " + path);
    }
  }

  private static long noControllingTerminal() {
    return HostPlatform.current().isMac() ? O_NOCTTY_MACOS : O_NOCTTY_LINUX;
  }

  private static long nonBlocking() {
    return HostPlatform.current().isMac() ? O_NONBLOCK_MACOS : O_NONBLOCK_LINUX;
  }

  private static long check(long result, String function) throws IOException {
    if ((int) result < 0) {
      throw new IOException("the host refuses " + function);
    }
    return result;
  }

  private static long call(MethodHandle function, long a, long b, long c) {
    try {
      return (long) function.invokeExact(a, b, c, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
