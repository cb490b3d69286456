package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * Keeps the process alive when a file is cut short whose pages are mapped: whoever touches one that
 * is gone gets SIGBUS, and the JVM ends unless Java code did it. In watched ranges such a page is
 * replaced by an empty one of the process's own, and that is remembered. It belongs to the process,
 * as signal handlers do, and is there from its first use on.
 */
final class LostPages {
  private static final long SIGBUS = 7;

  /** struct sigaction of 64-bit Linux: handler, mask, flags, restorer. */
  private static final long ACTION_BYTES = 152;

  private static final int MOST_RANGES = 128;
  private static final long ROW_BYTES = 3 * Long.BYTES;
  private static final long END = Long.BYTES;
  private static final long MARK = 2 * Long.BYTES;
  private static final long FREE = 1;

  private static final class Holder {
    private static final Optional<LostPages> PROCESS = installed();
  }

  /** Its last row stays zero. */
  private final MemorySegment table =
      Arena.global().allocate((MOST_RANGES + 1) * ROW_BYTES, Long.BYTES);

  private int used;

  private LostPages() {}

  /** The process's, where the platform allows it. */
  static Optional<LostPages> ofProcess() {
    return Holder.PROCESS;
  }

  private static Optional<LostPages> installed() {
    NativeFunctions host = NativeFunctions.ofHost();
    LostPages pages = new LostPages();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle sigaction = host.function("sigaction");
      MethodHandle getpagesize = host.function("getpagesize");
      long pageBytes = (int) (long) getpagesize.invokeExact(0L, 0L, 0L, 0L, 0L, 0L, 0L);
      MemorySegment action = arena.allocate(ACTION_BYTES, Long.BYTES);
      long asked = (long) sigaction.invokeExact(SIGBUS, 0L, action.address(), 0L, 0L, 0L, 0L);
      long before = action.get(JAVA_LONG, 0);
      Optional<byte[]> code =
          (int) asked == 0 && before > FREE
              ? LostPagesCode.forPlatform(
                  HostPlatform.current(), pages.table.address(), before, pageBytes)
              : Optional.empty();
      if (code.isEmpty()) {
        return Optional.empty();
      }
      MemorySegment handler = new HostMemory().executable(code.get(), Arena.global());
      action.set(JAVA_LONG, 0, handler.address());
      long set = (long) sigaction.invokeExact(SIGBUS, action.address(), 0L, 0L, 0L, 0L, 0L);
      return (int) set == 0 ? Optional.of(pages) : Optional.empty();
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Watches a range until the arena closes. */
  @SuppressWarnings("restricted") // a segment of that size, for its cleanup
  synchronized SharedPages watch(MemorySegment place, Arena lifetime) {
    long row = freeRow();
    if (row < 0) {
      return SharedPages.UNWATCHED;
    }
    table.set(JAVA_LONG, row + MARK, 0);
    table.set(JAVA_LONG, row, place.address());
    VarHandle.releaseFence();
    table.set(JAVA_LONG, row + END, place.address() + place.byteSize());
    MemorySegment.ofAddress(place.address())
        .reinterpret(place.byteSize(), lifetime, _ -> forget(row));
    return () -> {
      VarHandle.acquireFence();
      return table.get(JAVA_LONG, row + MARK) != 0;
    };
  }

  private long freeRow() {
    for (int i = 0; i < used; i++) {
      if (table.get(JAVA_LONG, i * ROW_BYTES + END) == FREE) {
        return i * ROW_BYTES;
      }
    }
    return used < MOST_RANGES ? used++ * ROW_BYTES : -1;
  }

  private synchronized void forget(long row) {
    table.set(JAVA_LONG, row + END, FREE);
    VarHandle.releaseFence();
    table.set(JAVA_LONG, row, FREE);
  }
}
