package dev.roundhouse.emulator.platform;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Memory straight from the operating system: pages that cost nothing until they are touched, and
 * pages that can be executed.
 */
public final class HostMemory {
  private static final long PROT_READ = 1;
  private static final long PROT_WRITE = 2;
  private static final long PROT_EXEC = 4;
  private static final int MEBIBYTE_BITS = 20;
  private static final long PROT_NONE = 0;
  private static final long MAP_PRIVATE = 2;
  private static final long MAP_ANONYMOUS_LINUX = 0x20;
  private static final long MAP_NORESERVE_LINUX = 0x4000;
  private static final long MAP_ANONYMOUS_MACOS = 0x1000;
  private static final long MAP_NORESERVE_MACOS = 0x40;
  private static final long MAP_FAILED = -1;
  private static final long MAP_SHARED = 1;
  private static final long MAP_FIXED = 0x10;
  private static final long O_RDWR = 2;

  /** What the engine maps beside it (QEMU's translation buffer), which ends the process without. */
  private static final long ENGINE_BYTES = 1280L << 20;

  private final MethodHandle mmap;
  private final MethodHandle mprotect;
  private final MethodHandle munmap;

  /** Links the C library's functions. */
  public HostMemory() {
    NativeFunctions host = NativeFunctions.ofHost();
    mmap = host.function("mmap");
    mprotect = host.function("mprotect");
    munmap = host.function("munmap");
  }

  /**
   * Reserves zeroed memory for a guest, that takes up room only where it is touched. Unmapped when
   * the arena closes.
   *
   * @param bytes a multiple of the host's page size
   * @throws OutOfMemoryError when the host has no room in the address space for it, or then none
   *     for the engine
   */
  public MemorySegment reserve(long bytes, Arena lifetime) {
    MemorySegment memory = map(bytes, PROT_READ | PROT_WRITE, lifetime);
    try (Arena moment = Arena.ofConfined()) {
      map(ENGINE_BYTES, PROT_NONE, moment);
    }
    return memory;
  }

  @SuppressWarnings("restricted") // the size is the one that was mapped
  private MemorySegment map(long bytes, long protection, Arena lifetime) {
    long flags = MAP_PRIVATE | anonymousWithoutReserve();
    try {
      long address = (long) mmap.invokeExact(0L, bytes, protection, flags, -1L, 0L, 0L);
      if (address == MAP_FAILED) {
        throw new OutOfMemoryError(
            "the host refuses to map %d MiB: is there a limit (ulimit -v)?"
                .formatted(bytes >> MEBIBYTE_BITS));
      }
      return MemorySegment.ofAddress(address)
          .reinterpret(bytes, lifetime, segment -> release(segment.address(), bytes));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /**
   * Copies machine code into a page of its own and makes that executable, no longer writable.
   *
   * @throws UnsupportedOperationException when the host does not allow it
   */
  public MemorySegment executable(byte[] code, Arena lifetime) {
    long pageBytes = 16384;
    MemorySegment page = map(pageBytes, PROT_READ | PROT_WRITE, lifetime);
    MemorySegment.copy(MemorySegment.ofArray(code), 0, page, 0, code.length);
    try {
      long result =
          (long)
              mprotect.invokeExact(
                  page.address(), pageBytes, PROT_READ | PROT_EXEC, 0L, 0L, 0L, 0L);
      if ((int) result != 0) {
        throw new UnsupportedOperationException("the host allows no executable pages");
      }
      return page;
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /**
   * Puts a file in the place of memory that was reserved: both see what either stores. It stays
   * until the memory is released. On Linux the process outlives that the file is cut short.
   *
   * @param place whole pages, as many bytes as the file has
   * @param lifetime of the memory
   * @return what can be asked of them
   * @throws IOException when the file cannot be opened or mapped
   */
  public SharedPages share(Path file, MemorySegment place, Arena lifetime) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString());
      MethodHandle open = NativeFunctions.ofHost().variadicFunction("open", 2);
      MethodHandle close = NativeFunctions.ofHost().function("close");
      long opened = (long) open.invokeExact(name.address(), O_RDWR, 0L, 0L, 0L, 0L, 0L);
      if ((int) opened < 0) {
        throw new IOException("cannot be opened for reading and writing");
      }
      long at =
          (long)
              mmap.invokeExact(
                  place.address(),
                  place.byteSize(),
                  PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_FIXED,
                  opened,
                  0L,
                  0L);
      long _ = (long) close.invokeExact(opened, 0L, 0L, 0L, 0L, 0L, 0L);
      if (at != place.address()) {
        throw new IOException("cannot be mapped into memory");
      }
      Optional<LostPages> guard = LostPages.ofProcess();
      return guard.isPresent() ? guard.get().watch(place, lifetime) : SharedPages.UNWATCHED;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /**
   * Writes eight bytes to an aligned address of this process whose page is readable only, and
   * leaves it so.
   *
   * @throws UnsupportedOperationException when the host does not allow it
   */
  @SuppressWarnings("restricted") // the caller knows the place
  public void overwrite(long address, long value) {
    long bytes = pageBytes();
    long page = address & -bytes;
    protect(page, bytes, PROT_READ | PROT_WRITE);
    MemorySegment.ofAddress(address).reinterpret(Long.BYTES).set(ValueLayout.JAVA_LONG, 0, value);
    protect(page, bytes, PROT_READ);
  }

  /** Bytes of a page of the host. */
  static long pageBytes() {
    try {
      return (int)
          (long)
              NativeFunctions.ofHost()
                  .function("getpagesize")
                  .invokeExact(0L, 0L, 0L, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  private void protect(long page, long bytes, long protection) {
    try {
      long result = (long) mprotect.invokeExact(page, bytes, protection, 0L, 0L, 0L, 0L);
      if ((int) result != 0) {
        throw new UnsupportedOperationException("the host allows no change of protection");
      }
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  private void release(long address, long bytes) {
    try {
      long _ = (long) munmap.invokeExact(address, bytes, 0L, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  private static long anonymousWithoutReserve() {
    return switch (HostPlatform.current()) {
      case MACOS_ARM64, MACOS_X64 -> MAP_ANONYMOUS_MACOS | MAP_NORESERVE_MACOS;
      case LINUX_ARM64, LINUX_X64, OTHER -> MAP_ANONYMOUS_LINUX | MAP_NORESERVE_LINUX;
    };
  }
}
