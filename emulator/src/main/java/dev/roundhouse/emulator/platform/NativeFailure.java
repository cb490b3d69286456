package dev.roundhouse.emulator.platform;

/**
 * A {@code MethodHandle} may throw anything; native functions throw nothing but our own mistakes.
 */
public final class NativeFailure {
  private NativeFailure() {}

  /**
   * What to throw for {@code e}: itself when it is unchecked.
   *
   * @throws Error when {@code e} is one
   */
  public static RuntimeException rethrow(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("a native call failed", e);
  }
}
