package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.platform.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * Carries the engine's device accesses to an {@link dev.roundhouse.emulator.cpu.MmioPort}. The
 * engine splits an 8-byte access into two of 4 bytes, the lower half first.
 */
public final class MmioBridge {
  private final MmioWindow window;
  private final Consumer<Throwable> failures;

  /** A bridge to a window; what it throws goes to {@code failures}. */
  public MmioBridge(MmioWindow window, Consumer<Throwable> failures) {
    this.window = window;
    this.failures = failures;
  }

  /** Maps the window's addresses in an engine. */
  public void map(LibUnicorn library, long engine, Arena lifetime) {
    MemorySegment read = NativeFunctions.callback(this::onRead, lifetime);
    MemorySegment write = NativeFunctions.callback(this::onWrite, lifetime);
    library.mapDevice(engine, window.start(), window.bytes(), read, write);
  }

  /** Called by the engine: (engine, offset, size, user data). */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onRead(long uc, long offset, long bytes, long user, long e) {
    try {
      return window.port().read(window.start() + offset, (int) bytes);
    } catch (Throwable failure) {
      failures.accept(failure);
      return 0;
    }
  }

  /** Called by the engine: (engine, offset, size, value, user data). */
  @SuppressWarnings("UnusedVariable")
  private long onWrite(long uc, long offset, long bytes, long value, long user) {
    try {
      window.port().write(window.start() + offset, (int) bytes, value);
    } catch (Throwable failure) {
      failures.accept(failure);
    }
    return 0;
  }
}
