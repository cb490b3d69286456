package dev.roundhouse.emulator.host;

/** Threads that wait for the outside world; none keeps the process alive. */
final class HostThreads {
  private HostThreads() {}

  static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, "roundhouse-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
