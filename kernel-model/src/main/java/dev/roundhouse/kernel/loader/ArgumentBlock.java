package dev.roundhouse.kernel.loader;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
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
    Map<String, String> values = new LinkedHashMap<>();
    boolean isTerminated = read(bytes, values);
    Optional<String> program = Optional.ofNullable(values.get(PROGRAM));
    return new ArgumentBlock(program.filter(name -> !name.isEmpty()), isTerminated);
  }

  /** The last value of each key but PROGRAM, in the block's order; any bytes will do. */
  public static Map<String, String> others(byte[] bytes) {
    Map<String, String> values = new LinkedHashMap<>();
    boolean _ = read(bytes, values);
    values.remove(PROGRAM);
    return values;
  }

  /** Reads all pairs; whether the last string ends in NUL. */
  private static boolean read(byte[] bytes, Map<String, String> into) {
    int at = 0;
    boolean isTerminated = true;
    while (at < bytes.length) {
      int keyEnd = endOfString(bytes, at);
      int valueStart = Math.min(keyEnd + 1, bytes.length);
      int valueEnd = endOfString(bytes, valueStart);
      into.put(string(bytes, at, keyEnd), string(bytes, valueStart, valueEnd));
      isTerminated = valueEnd < bytes.length;
      at = valueEnd + 1;
    }
    return isTerminated;
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
