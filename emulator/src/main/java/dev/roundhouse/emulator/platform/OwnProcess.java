package dev.roundhouse.emulator.platform;

/** The process that we are. */
public final class OwnProcess {
  private OwnProcess() {}

  /**
   * Ends it at once (_exit(2)), without the JVM's own end. That waits 300 ms and more while a
   * thread is in native code, such as one that reads a terminal or writes to a full pipe.
   */
  public static void exitAtOnce(int code) {
    try {
      long _ =
          (long)
              NativeFunctions.ofHost()
                  .function("_exit")
                  .invokeExact((long) code, 0L, 0L, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
