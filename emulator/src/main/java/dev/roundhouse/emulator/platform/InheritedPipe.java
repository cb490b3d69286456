package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The end to write to of a pipe that whoever started the process has left open. Opening it once
 * more by a name would wait for ever when nobody reads.
 *
 * @param descriptor its number
 */
public record InheritedPipe(int descriptor) {
  /** Writes a few bytes, at once; when nobody reads they are lost. */
  public void write(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocateFrom(JAVA_BYTE, bytes);
      MethodHandle write = NativeFunctions.ofHost().function("write");
      long _ =
          (long)
              write.invokeExact(
                  (long) descriptor, from.address(), (long) bytes.length, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
