package dev.roundhouse.emulator.process;

/** Threads that wait for the outside world; none keeps the process alive. */
public final class HostThreads {
  private static final String OURS = "roundhouse-";
  private static final String SERIAL = "serial-";

  private HostThreads() {}

  /** The whole name of a thread. */
  public static String name(String name) {
    return OURS + name;
  }

  /** Whether a thread of that name is one of these. */
  public static boolean isOurs(String wholeName) {
    return wholeName.startsWith(OURS);
  }

  /** Whether one lives in the caller's group, but for that of one name. */
  public static boolean anyLives(String except) {
    Thread[] threads = new Thread[2 * Thread.activeCount()];
    int count = Thread.enumerate(threads);
    for (int n = 0; n < count; n++) {
      if (isOurs(threads[n].getName()) && !threads[n].getName().equals(name(except))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a thread of that name serves a serial port. */
  public static boolean servesSerialPort(String wholeName) {
    return wholeName.startsWith(OURS + SERIAL);
  }

  /** Starts one that serves a serial port. */
  public static Thread startForSerialPort(String name, Runnable work) {
    return start(SERIAL + name, work);
  }

  public static Thread start(String name, Runnable work) {
    Thread thread = unstarted(name, work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** One that whoever gets it will start. */
  public static Thread unstarted(String name, Runnable work) {
    return new Thread(work, name(name));
  }

  /** Waits for a thread's end, but not longer than that. */
  public static void join(Thread thread, int waitMillis) {
    try {
      thread.join(waitMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes what is of no use any more, whatever it says to that. */
  public static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // It is of no use any more either way.
    }
  }
}
