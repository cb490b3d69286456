package dev.roundhouse.emulator.trackserver;

import dev.roundhouse.emulator.lines.OutputQueue;

/** What is between a simulated box and its clients. All but {@link #client} is for one thread. */
interface TrackWire {
  /**
   * A client that has not joined yet. Any thread may make one.
   *
   * @param mostWaiting how many of its bytes may wait
   */
  TrackClient client(OutputQueue answers, int mostWaiting);

  void join(TrackClient client);

  void leave(TrackClient client);

  /** Lets what clients want begin, if it may. */
  void goOn();
}
