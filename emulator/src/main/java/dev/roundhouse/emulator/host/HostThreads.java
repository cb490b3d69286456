package dev.roundhouse.emulator.host;

/** Threads that wait for the outside world; none keeps the process alive. */
final class HostThreads {
  private HostThreads() {}

  static Thread start(String name, Runnable work) {
    Thread thread = unstarted(name, work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** One that whoever gets it will start. */
  static Thread unstarted(String name, Runnable work) {
    return new Thread(work, "roundhouse-" + name);
  }

  /** Waits for a thread's end, but not longer than that. */
  static void join(Thread thread, int waitMillis) {
    try {
      thread.join(waitMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes what is of no use any more, whatever it says to that. */
  static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // It is of no use any more either way.
    }
  }
}
