package dev.roundhouse.kernel.loader;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The argument block of a new task, {@code KEY NUL VALUE NUL ...} (loader/src/loader_args.c,
 * resolve_args, 9d49562).
 *
 * @param program the value of the last PROGRAM key
 * @param isTerminated whether the last string ends in NUL; if not, the real loader reads on behind
 *     the block, and here the block's end counts as the string's
 */
public record ArgumentBlock(Optional<String> program, boolean isTerminated) {
  private static final String PROGRAM = "PROGRAM";

  /** Reads a block; any bytes will do. */
  public static ArgumentBlock parse(byte[] bytes) {
    Optional<String> program = Optional.empty();
    int at = 0;
    boolean isTerminated = true;
    while (at < bytes.length) {
      int keyEnd = endOfString(bytes, at);
      int valueStart = Math.min(keyEnd + 1, bytes.length);
      int valueEnd = endOfString(bytes, valueStart);
      if (string(bytes, at, keyEnd).equals(PROGRAM)) {
        program = Optional.of(string(bytes, valueStart, valueEnd));
      }
      isTerminated = valueEnd < bytes.length;
      at = valueEnd + 1;
    }
    return new ArgumentBlock(program.filter(name -> !name.isEmpty()), isTerminated);
  }

  private static int endOfString(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return end;
  }

  private static String string(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
